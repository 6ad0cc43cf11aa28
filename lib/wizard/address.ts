// Answers live in the address, keyed by question: `/wizard?refuse=no&harm=wrong`. So back, share and change work
// without script, and changing one answer keeps the others, also those that no longer matter.
// `ask` names a question to show again. What an old link carries and the tree no longer knows is left out and reported.

import type { Answers, Blanks, Practice, Tree } from './tree.ts';

export const wizardPath = '/wizard';
/** The one parameter that is not a question. */
export const askKey = 'ask';

export type Notice =
  | { readonly kind: 'gone'; readonly key: string; readonly value: string }
  | { readonly kind: 'twice'; readonly key: string };

export type Address = { readonly answers: Answers; readonly ask: string | null; readonly notices: readonly Notice[] };

export function parseAddress(tree: Tree, params: URLSearchParams): Address {
  const answers: { [questionId: string]: string } = {};
  const notices: Notice[] = [];
  let ask: string | null = null;
  // In the order of their names, so that the same pairs in another order are the same page.
  for (const key of [...new Set(params.keys())].sort()) {
    const values = [...new Set(params.getAll(key))];
    const value = values[0] ?? '';
    const question = tree.questions.find((one) => one.id === (key === askKey ? value : key));
    if (values.length > 1) notices.push({ kind: 'twice', key });
    else if (question === undefined) notices.push({ kind: 'gone', key, value });
    else if (key === askKey) ask = value;
    else if (question.choices.some((one) => one.id === value)) answers[key] = value;
    else notices.push({ kind: 'gone', key, value });
  }
  return { answers, ask, notices };
}

/** The address of these answers, always written in the order of the questions. */
export function wizardHref(tree: Tree, answers: Answers, ask?: string): string {
  const params = new URLSearchParams();
  for (const question of tree.questions) {
    const given = answers[question.id];
    if (given !== undefined) params.set(question.id, given);
  }
  if (ask !== undefined) params.set(askKey, ask);
  const query = params.toString();
  return query === '' ? wizardPath : `${wizardPath}?${query}`;
}

/** The practice question with the template's blanks filled in; a blank that makes no sense here stays away. */
export function practiceHref(practice: Practice, blanks: Blanks): string {
  const notes = [blanks.notes, practice.notes].filter((one) => one !== undefined).join(' ');
  const pairs: readonly (readonly [string, string | number | undefined])[] = [
    ['useCase', practice.useCase],
    ['lock', blanks.lock],
    ['reason', blanks.reason],
    ['ttl', blanks.ttl],
    ['heartbeat', blanks.heartbeat],
    ['fencing', blanks.fencing],
    ['notes', notes],
  ];
  const params = new URLSearchParams();
  for (const [name, value] of pairs) if (value !== undefined && value !== '') params.set(name, String(value));
  return `/practice/${practice.question}?${params.toString()}`;
}
