// The wizard's tree as a whole: every path there is, walked to its end. There are few enough to take them all, so most
// claims are checked for every path and not for a sample; fast-check adds answers that nobody would give in order.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askKey, parseAddress, practiceHref, wizardHref } from '#lib/wizard/address.ts';
import { flips } from '#lib/wizard/flips.ts';
import type { Answers, Condition } from '#lib/wizard/tree.ts';
import { lookAhead, type Outcome, walk } from '#lib/wizard/walk.ts';
import { scenarioById } from './scenarios/index.ts';
import { sources } from './sources.ts';
import { wizard } from './wizard.ts';

type End = { readonly answers: Answers; readonly outcome: Outcome };

function ends(answers: Answers = {}): readonly End[] {
  const step = walk(wizard, answers);
  if (step.kind === 'outcome') return [{ answers, outcome: step }];
  return step.question.choices.flatMap((one) => ends({ ...answers, [step.question.id]: one.id }));
}

const all = ends();
const describeEnd = (end: End) => new URLSearchParams(end.answers).toString();

function outcomeOf(query: string): Outcome {
  const { answers, notices } = parseAddress(wizard, new URLSearchParams(query));
  expect(notices).toEqual([]);
  const step = walk(wizard, answers);
  if (step.kind === 'question') throw new Error(`${query} still asks ${step.question.id}`);
  return step;
}

const recommended = (query: string) => outcomeOf(query).candidate.id;
const rejection = (query: string, id: string) =>
  outcomeOf(query).rejections.find((one) => one.candidate.id === id)?.why ?? '';
const recommendable = wizard.candidates.filter((one) => one.never !== true);

/** Any mixture of answers, in the order of nothing, some of them to questions that will not come up. */
const mixed: fc.Arbitrary<Answers> = fc
  .tuple(...wizard.questions.map((one) => fc.option(fc.constantFrom(...one.choices.map((choice) => choice.id)))))
  .map((picked) =>
    Object.fromEntries(
      wizard.questions.flatMap((one, at) => {
        const choice = picked[at];
        return choice === null || choice === undefined ? [] : [[one.id, choice]];
      }),
    ),
  );

describe('every path through the wizard', () => {
  it('begins with the question whether a lock is needed at all', () => {
    expect(walk(wizard, {})).toMatchObject({ kind: 'question', question: { id: 'refuse' } });
    expect(wizard.questions[0]?.why).toContain('you need no lock');
  });

  it('ends in one outcome after at most eight questions', () => {
    expect(all.length).toBeGreaterThan(50);
    for (const end of all) expect(end.outcome.path.length, describeEnd(end)).toBeLessThanOrEqual(8);
    expect(lookAhead(wizard, {}).questions).toBeLessThanOrEqual(8);
  });

  it('reaches every recommendation, and never one that is kept only to be judged', () => {
    const reached = new Set(all.map((end) => end.outcome.candidate.id));
    expect([...reached].sort()).toEqual(recommendable.map((one) => one.id).sort());
    expect(reached.has('redlock')).toBe(false);
  });

  it('rejects every other candidate once, with a reason', () => {
    for (const end of all) {
      const rejected = end.outcome.rejections.map((one) => one.candidate.id);
      const others = wizard.candidates.filter((one) => one !== end.outcome.candidate).map((one) => one.id);
      expect(rejected, describeEnd(end)).toEqual(others);
      for (const one of end.outcome.rejections) expect(one.why.length, one.candidate.id).toBeGreaterThan(15);
    }
  });

  it('gives a reason from the answers for nearly everything it rejects, and always against Redlock', () => {
    for (const end of all) {
      const redlock = end.outcome.rejections.find((one) => one.candidate.id === 'redlock');
      expect(redlock?.given, describeEnd(end)).not.toBeNull();
    }
  });

  it('lets every answer speak: for the recommendation, or against something else', () => {
    for (const end of all) {
      for (const reason of end.outcome.reasons) {
        const silent = reason.why === null && reason.against.length === 0;
        expect(silent, `${describeEnd(end)}: ${reason.given.question.id}`).toBe(false);
      }
    }
  });

  it('cites at least one answer that speaks for the recommendation and none that speaks against it', () => {
    for (const end of all) {
      const verdicts = end.outcome.path.map((one) => end.outcome.candidate.verdicts[one.question.id]?.[one.choice.id]);
      expect(
        verdicts.some((one) => one?.grade === 'yes'),
        describeEnd(end),
      ).toBe(true);
      expect(
        verdicts.every((one) => one === undefined || one.grade === 'yes'),
        describeEnd(end),
      ).toBe(true);
    }
  });

  it('offers an alternative that the answers do not rule out', () => {
    for (const end of all) {
      const { alternative, candidate } = end.outcome;
      expect(alternative.candidate.id, describeEnd(end)).not.toBe(candidate.id);
      const rejected = end.outcome.rejections.find((one) => one.candidate === alternative.candidate);
      expect(rejected?.grade, describeEnd(end)).not.toBe('no');
    }
  });

  it('asks nothing in vain: each question asked can change the recommendation', () => {
    for (const end of all) {
      end.outcome.path.forEach(({ question }, at) => {
        const before = Object.fromEntries(end.outcome.path.slice(0, at).map((one) => [one.question.id, one.choice.id]));
        const after = question.choices.map((one) =>
          lookAhead(wizard, { ...before, [question.id]: one.id })
            .candidates.map((it) => it.id)
            .join(),
        );
        expect(new Set(after).size, `${describeEnd(end)}: ${question.id}`).toBeGreaterThan(1);
      });
    }
  });

  it('needs every choice: each one occurs on a path, and each question comes up', () => {
    for (const question of wizard.questions) {
      for (const choice of question.choices) {
        const used = all.some((end) => end.answers[question.id] === choice.id);
        expect(used, `${question.id}=${choice.id}`).toBe(true);
      }
    }
  });
});

describe('flips', () => {
  it('really flip: every way on from the changed answer ends somewhere else', () => {
    for (const end of all) {
      for (const flip of flips(wizard, end.answers)) {
        const changed = { ...end.answers, [flip.question.id]: flip.choice.id };
        const there = ends(changed).map((one) => one.outcome.candidate.id);
        expect(there, describeEnd(end)).not.toContain(end.outcome.candidate.id);
        expect(new Set(there)).toEqual(new Set(flip.candidates.map((one) => one.id)));
        expect(flip.asksMore).toBe(walk(wizard, changed).kind === 'question');
      }
    }
  });

  it('are complete: an answer that is not among them can still end in the same place', () => {
    for (const end of all) {
      const found = flips(wizard, end.answers);
      for (const { question, choice } of end.outcome.path) {
        for (const other of question.choices) {
          if (other === choice || found.some((one) => one.question === question && one.choice === other)) continue;
          const there = ends({ ...end.answers, [question.id]: other.id }).map((one) => one.outcome.candidate.id);
          expect(there).toContain(end.outcome.candidate.id);
        }
      }
    }
  });

  it('exist for every outcome', () => {
    for (const end of all) expect(flips(wizard, end.answers).length, describeEnd(end)).toBeGreaterThan(0);
  });
});

describe('answers in the address', () => {
  it('come back as they were, whatever they are', () => {
    fc.assert(
      fc.property(mixed, (answers) => {
        const url = new URL(wizardHref(wizard, answers), 'http://localhost');
        expect(parseAddress(wizard, url.searchParams)).toEqual({ answers, ask: null, notices: [] });
      }),
    );
  });

  it('mean the same in any order', () => {
    fc.assert(
      fc.property(
        mixed.chain((answers) =>
          fc.tuple(
            fc.constant(answers),
            fc.shuffledSubarray(Object.entries(answers), { minLength: Object.keys(answers).length }),
          ),
        ),
        ([answers, shuffled]) => {
          const parsed = parseAddress(wizard, new URLSearchParams(shuffled));
          expect(walk(wizard, parsed.answers)).toEqual(walk(wizard, answers));
        },
      ),
    );
  });

  it('keep every other answer when one is changed', () => {
    fc.assert(
      fc.property(mixed, fc.constantFrom(...wizard.questions), (answers, question) => {
        for (const choice of question.choices) {
          const url = new URL(wizardHref(wizard, { ...answers, [question.id]: choice.id }), 'http://localhost');
          expect(parseAddress(wizard, url.searchParams).answers).toEqual({ ...answers, [question.id]: choice.id });
        }
      }),
    );
  });

  it('survive anything that somebody types', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('refuse', 'harm', askKey)), fc.string())),
        (pairs) => {
          const parsed = parseAddress(wizard, new URLSearchParams(pairs.map(([key, value]) => [key, value])));
          expect(walk(wizard, parsed.answers).kind).toBeDefined();
        },
      ),
    );
  });
});

describe('the rows of the page that we started from', () => {
  it('fast, best-effort: Redis when a duplicate only costs work, with SET NX PX and not SETNX', () => {
    const query = 'refuse=no&harm=waste&guarded=job&run=redis';
    expect(recommended(query)).toBe('redis');
    expect(outcomeOf(query).candidate.say).toMatch(/SET with NX, PX/);
    expect(outcomeOf(query).candidate.watch).toMatch(/not the old SETNX/);
  });

  it('deduplication and cron where a duplicate hurts: a record or a key, and no lock', () => {
    expect(recommended('refuse=no&harm=wrong&guarded=job')).toBe('unique-run');
    expect(recommended('refuse=unique&guarded=job')).toBe('unique-run');
    expect(recommended('refuse=repeat&guarded=rows')).toBe('idempotency-key');
  });

  it('correctness-critical payments: an idempotency key, and never ZooKeeper or etcd', () => {
    expect(recommended('refuse=repeat&guarded=external')).toBe('idempotency-key');
    expect(recommended('refuse=no&harm=wrong&guarded=external&wait=now')).toBe('state-machine');
    for (const end of all.filter((one) => one.answers.guarded === 'external' && one.answers.harm !== 'waste')) {
      expect(['etcd', 'zookeeper', 'redis', 'redlock'], describeEnd(end)).not.toContain(end.outcome.candidate.id);
    }
    expect(rejection('refuse=no&harm=wrong&guarded=external&wait=now', 'etcd')).toMatch(/cannot take back a call/);
  });

  it('correctness-critical resource that can check: ZooKeeper or etcd and a fencing token', () => {
    for (const run of ['etcd', 'zookeeper'] as const) {
      const found = outcomeOf(`refuse=no&harm=wrong&guarded=file&check=yes&run=${run}`).candidate;
      expect(found.id).toBe(run);
      expect(found.say).toMatch(/fencing token/);
      expect(found.blanks.fencing).toBe('seal');
    }
  });

  it('correctness-critical resource that cannot check: no lease is called enough', () => {
    expect(recommended('refuse=no&harm=wrong&guarded=file&check=no')).toBe('proxy');
    expect(recommended('refuse=no&harm=wrong&guarded=role&check=no')).toBe('cut-off');
  });

  it('a database already there: a condition first, else the row lock in the transaction that writes', () => {
    expect(recommended('refuse=condition&guarded=rows&crowd=few')).toBe('conditional-update');
    expect(recommended('refuse=unique&guarded=rows')).toBe('unique-constraint');
    const locked = 'refuse=no&harm=wrong&guarded=rows&scope=one&regions=one&hold=moment';
    expect(recommended(`${locked}&row=one`)).toBe('select-for-update');
    expect(outcomeOf(`${locked}&row=one`).candidate.because).toMatch(/scale with the number of rows/);
    expect(recommended(`${locked}&row=several`)).toBe('serializable');
    expect(recommended(`${locked}&row=none`)).toBe('advisory-lock');
  });

  it('multi-region: transactions in a database that commits across regions, or a home for each row', () => {
    const several = 'refuse=no&harm=wrong&guarded=rows&scope=one';
    expect(recommended(`${several}&regions=global`)).toBe('spanner');
    expect(recommended(`${several}&regions=many`)).toBe('home-region');
  });

  it('Kubernetes: a Lease and epochs, not the etcd of the control plane', () => {
    const query = 'refuse=no&harm=wrong&guarded=role&check=yes&run=kubernetes';
    expect(recommended(query)).toBe('k8s-lease');
    expect(outcomeOf(query).candidate.say).toMatch(/not with the control plane’s etcd/);
    expect(outcomeOf(query).candidate.say).toMatch(/does not fence/);
    expect(rejection(query, 'etcd')).toMatch(/belongs to the API server/);
  });

  it('a lock that only saves work speaks of no token, whatever it is kept in', () => {
    for (const end of all.filter((one) => one.answers.harm === 'waste')) {
      expect(end.outcome.candidate.say, describeEnd(end)).not.toMatch(/token|epoch/);
      expect(['writes', 'seal'], describeEnd(end)).not.toContain(end.outcome.blanks.fencing);
    }
    const at = (run: string) => outcomeOf(`refuse=no&harm=waste&guarded=role&run=${run}`).blanks.lock;
    expect([at('kubernetes'), at('etcd'), at('zookeeper'), at('sql')]).toEqual([
      'k8s-lease',
      'etcd',
      'zookeeper',
      'lease-row',
    ]);
  });

  it('rate limiting: an atomic counter and no lock, whatever the first answer is', () => {
    expect(recommended('refuse=condition&guarded=counter')).toBe('atomic-counter');
    expect(recommended('refuse=no&harm=wrong&guarded=counter')).toBe('atomic-counter');
  });
});

describe('what the wizard says', () => {
  const texts = wizard.candidates.flatMap((one) => [
    one.title,
    one.name,
    one.say,
    one.because,
    one.watch,
    one.cost,
    one.demo.shows,
    ...one.alternatives.map((it) => it.when),
    ...Object.values(one.verdicts).flatMap((of) => Object.values(of).map((it) => it.why)),
  ]);

  it('speaks of a TrueTime lock only to say that there is none', () => {
    const said = texts.filter((one) => /TrueTime lock/i.test(one));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/I would not say “TrueTime lock”/);
  });

  it('ends its sentences, and does not shout', () => {
    for (const text of texts) expect(text).not.toMatch(/!|\s$|\.\.$/);
    for (const one of wizard.candidates) {
      for (const text of [one.say, one.because, one.watch, one.cost, one.demo.shows]) expect(text).toMatch(/[.?]$/);
    }
  });

  it('judges only choices that exist', () => {
    for (const one of wizard.candidates) {
      for (const [id, verdicts] of Object.entries(one.verdicts)) {
        const question = wizard.questions.find((it) => it.id === id);
        const known = question?.choices.map((it) => it.id) ?? [];
        for (const choice of Object.keys(verdicts)) expect(known, `${one.id}: ${id}=${choice}`).toContain(choice);
      }
      for (const other of one.alternatives) expect(wizard.candidates.map((it) => it.id)).toContain(other.id);
    }
  });

  it('asks in an order in which each condition looks back', () => {
    const conditions = (list: readonly Condition[] = []) => list.flatMap((one) => Object.entries(one));
    wizard.questions.forEach((question, at) => {
      const earlier = wizard.questions.slice(0, at);
      for (const [id, choices] of conditions(question.when)) {
        const known = earlier.find((one) => one.id === id)?.choices.map((one) => one.id) ?? [];
        for (const choice of choices) expect(known, `${question.id}: ${id}=${choice}`).toContain(choice);
      }
      expect(question.id).not.toBe(askKey);
    });
    const ids = [...wizard.questions.map((one) => one.id), ...wizard.candidates.map((one) => one.id)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names sources that are in the bibliography', () => {
    const keys = sources.map((one) => one.key);
    for (const one of wizard.candidates) {
      expect(one.cites.length).toBeGreaterThan(0);
      for (const key of one.cites) expect(keys, one.id).toContain(key);
    }
  });

  it('runs demos that exist', () => {
    for (const one of wizard.candidates) expect(scenarioById(one.demo.id)?.id, one.id).toBe(one.demo.id);
  });

  it('fills only blanks that the practice form has, on questions that exist', () => {
    const questions = ['booking', 'payments', 'leader', 'cron', 'rate-limit', 'file'];
    const names = ['useCase', 'lock', 'reason', 'ttl', 'heartbeat', 'fencing', 'notes'];
    for (const end of all) {
      const { practice, blanks } = end.outcome;
      expect(questions).toContain(practice.question);
      const url = new URL(practiceHref(practice, blanks), 'http://localhost');
      for (const name of url.searchParams.keys()) expect(names).toContain(name);
      expect(url.searchParams.get('lock')).toBe(blanks.lock);
      expect(url.searchParams.get('reason')?.length).toBeGreaterThan(20);
    }
    for (const one of recommendable) {
      expect(one.blanks.ttl === undefined, one.id).toBe(one.blanks.heartbeat === undefined);
    }
  });

  it('leads from the six use cases to their practice questions', () => {
    const reached = new Set(all.map((end) => end.outcome.practice.question));
    expect([...reached].sort()).toEqual(['booking', 'cron', 'file', 'leader', 'payments', 'rate-limit']);
  });
});
