// What is right, weak or wrong in an answer, found at once while it is being written. The rules look at the blanks, at
// what the question says about its resource, and at the words of the reason. Praise is held back on a blank that also has
// a problem, so that no two findings pull in opposite directions. Truth comes from the fact sheet behind the lessons.

import { says } from './mentions.ts';
import type { Facts, Finding, Given, Rule, Severity } from './rule.ts';
import { fencingRules } from './rules-fencing.ts';
import { lockRules } from './rules-lock.ts';
import { timeRules } from './rules-time.ts';
import { wordRules } from './rules-words.ts';
import { type Blanks, emptyBlanks, lockKind, type UseCaseId, type Words } from './template.ts';

/** The words by which an answer shows that the resource itself refuses the second request. */
export const ownCheckWords: Readonly<Record<UseCaseId, RegExp>> = {
  booking:
    /condition|compare|\bcas\b|version|unique|constraint|optimistic|(affected|changed) rows?|row count|\bwhere\b/i,
  payments: /idempoten/i,
  leader: /epoch|generation|fenc|token|seal/i,
  cron: /unique|constraint|scheduled[ -]time|idempoten|on conflict|dedup/i,
  'rate-limit': /\bincr|atomic|\blua\b|token bucket/i,
  file: /condition|if-(none-)?match|etag|version|compare|\bcas\b|\bswap/i,
};

export const rules: readonly Rule[] = [...lockRules, ...wordRules, ...timeRules, ...fencingRules];

const order: Readonly<Record<Severity, number>> = { wrong: 0, weak: 1, good: 2 };

export function givenOf(blanks: Blanks, facts: Facts, words: Words = {}): Given {
  const text = `${blanks.reason}\n${blanks.notes}`;
  return {
    blanks,
    facts,
    resource: words.resource ?? 'the resource',
    kind: lockKind(blanks.lock),
    text,
    backstop: facts.refusal !== null && says(text, ownCheckWords[facts.useCase]),
  };
}

/** Findings with the gravest first; none for an answer that nobody has begun. */
export function check(blanks: Blanks, facts: Facts, words: Words = {}): readonly Finding[] {
  const begun = (Object.keys(emptyBlanks) as (keyof Blanks)[]).some(
    (name) => name !== 'useCase' && blanks[name] !== emptyBlanks[name],
  );
  if (!begun) return [];
  const given = givenOf(blanks, facts, words);
  const found = rules.flatMap((rule): Finding[] => {
    const hit = rule.check(given);
    if (hit === null) return [];
    return [
      {
        id: rule.id,
        field: rule.field,
        severity: rule.severity,
        lesson: rule.lesson,
        missing: rule.missing ?? false,
        ...hit,
      },
    ];
  });
  const troubled = new Set(found.filter((one) => one.severity !== 'good').map((one) => one.field));
  return found
    .filter((one) => one.severity !== 'good' || !troubled.has(one.field))
    .sort((a, b) => order[a.severity] - order[b.severity]);
}
