// Every server action is a public address. Whatever is posted to whichever of them: no exception, nothing written, nobody made
// a guest. The actions are found by reading the folders, so that a new one is held to this from its first day.
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { pose } from '#components/demo/prediction.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { allCards } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { openSite, type Site } from '#lib/server/fresh-site.ts';
import { startSession } from '#lib/server/session.ts';

vi.mock('next/headers', async () => (await import('#lib/server/fresh-site.ts')).headers);

type Action = (...inputs: unknown[]) => Promise<unknown>;

const here = import.meta.dirname;
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (file) => path.basename(file) === 'actions.ts',
);
const actions: (readonly [string, Action])[] = [];
for (const file of files) {
  const module = (await import(path.join(here, file))) as Record<string, unknown>;
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === 'function') actions.push([`${file} ${name}`, value as Action]);
  }
}
const named = (name: string): Action => actions.find(([title]) => title.endsWith(` ${name}`))![1];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(() => site.cookies.clear());

/** A failure as a value: of some kind other than saved, or a form's state with its messages, or no answer at all. */
function expectFailure(result: unknown): void {
  if (result === undefined || result === null) return;
  expect(result).toBeTypeOf('object');
  const { kind, message, errors } = result as Record<string, unknown>;
  expect(kind ?? message ?? errors).toBeDefined();
  expect(kind).not.toBe('saved');
}

async function expectRefused(run: Action, inputs: readonly unknown[]): Promise<void> {
  const before = await site.everything();
  expectFailure(await run(...inputs));
  expect(await site.everything()).toEqual(before);
  expect(site.cookies.size).toBe(0);
}

const long = 'x'.repeat(200_000);
const junk: readonly unknown[] = [
  ...[undefined, null, true, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10n, '', 'text', long],
  ...[[], [null], [[]], {}, { id: null }, { kind: 'grade' }, { toString: null }, JSON.parse('{"__proto__":{"id":1}}')],
  ...[new Date(0), new Map(), new Set([1]), new Uint8Array(3), Promise.resolve(), Symbol('s'), () => 1],
  ...[new FormData(), Object.create(null), { cardIds: long }, { id: [long], cardId: { $ne: '' } }],
];

function form(entries: readonly (readonly [string, string | Blob])[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe.each(actions)('%s', (_, run) => {
  test('answers junk with a failure and writes nothing, wherever the junk stands among its inputs', async () => {
    const before = await site.everything();
    for (const one of junk) {
      for (const inputs of [[one], [one, one], [null, one], [one, new FormData()]]) expectFailure(await run(...inputs));
    }
    expectFailure(await run());
    expect(await site.everything()).toEqual(before);
    expect(site.cookies.size).toBe(0);
  });

  test('answers anything at all with a failure and writes nothing', async () => {
    const before = await site.everything();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.anything({ withDate: true, withMap: true }), { maxLength: 3 }), async (inputs) => {
        expectFailure(await run(...inputs));
      }),
      { numRuns: 50 },
    );
    expect(await site.everything()).toEqual(before);
  });

  test('answers a form of odd fields with a failure and writes nothing', async () => {
    const names = ['id', 'questionId', 'email', 'password', 'ticked', 'lock', 'ttl', '$ACTION_ID', '__proto__'];
    const field = fc.tuple(
      fc.constantFrom(...names),
      fc.oneof(
        fc.string(),
        fc.constant(long),
        fc.constant(new Blob(['file'])),
        fc.constantFrom('ada@', '"', '\0', '-1', 'NaN'),
      ),
    );
    const before = await site.everything();
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 6 }), async (entries) => {
        for (const inputs of [[form(entries)], [null, form(entries)]]) expectFailure(await run(...inputs));
      }),
      { numRuns: 30 },
    );
    expect(await site.everything()).toEqual(before);
  });
});

test('the actions of every journey are among those found', () => {
  const names = actions.map(([title]) => title.split(' ')[1]);
  const known = [
    'createAccount',
    'markRead',
    'saveAnswer',
    'keepCard',
    'reviewCard',
    'bringCards',
    'postAside',
    'savePrediction',
    'saveAttempt',
    'tickPoints',
  ];
  expect(names).toEqual(expect.arrayContaining(known));
});

// ---- one step away from right ------------------------------------------------------------------------------------------

const card = allCards()[0]!.id;
const quiz = allLessons()
  .flatMap((lesson) => lesson.quizzes)
  .find((one) => one.kind === 'single')!;
const id = randomUUID();

const right: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  markRead: { slug: 'fencing' },
  saveAnswer: { id, quizId: quiz.id, given: [0] },
  keepCard: { id, cardId: card },
  reviewCard: { viewerId: 'nobody', reviewId: id, cardId: card, seenVersion: 0, kind: 'grade', grade: 3 },
  bringCards: { cardIds: [card] },
  savePrediction: { id, demo: 'crash-holder', question: 'after-crash', given: 'never', sureness: 2 },
};
const almost: readonly unknown[] = [
  ...[undefined, null, true, '', 'nowhere', '__proto__', 'constructor', long, `${id} `, `' OR '1'='1`],
  ...[-1, 0.5, Number.NaN, Number.MAX_VALUE, 7, [], [99], ['0'], [0, 0], [-1], [card, 'nowhere'], {}, { 0: card }],
];
const fields = Object.entries(right).flatMap(([name, input]) =>
  Object.keys(input).map((field) => [name, field] as const),
);

describe('an input that is right but for one field is refused, and nothing is written', () => {
  test.each(fields)('%s with a wrong %s', async (name, field) => {
    const before = await site.everything();
    for (const value of almost) {
      expectFailure(await named(name)({ ...right[name], [field]: value }));
    }
    const { [field]: _, ...without } = right[name]!;
    expectFailure(await named(name)(without));
    expectFailure(await named(name)({ ...right[name], userId: 'somebody' }));
    expect(await site.everything()).toEqual(before);
    expect(site.cookies.size).toBe(0);
  });

  const making = Object.keys(right).filter((name) => name !== 'reviewCard');
  test.each(making)('%s is saved when nothing is wrong with it, and makes a guest', async (name) => {
    const users = await site.db.user.count();
    const fresh = name === 'bringCards' || name === 'markRead' ? {} : { id: randomUUID() };
    expect(await named(name)({ ...right[name], ...fresh })).toMatchObject({ kind: 'saved' });
    expect(site.cookies.size).toBe(1);
    expect(await site.db.user.count()).toBe(users + 1);
  });
});

test('a review is saved for the one whose page it comes from and nobody else', async () => {
  const [ada, bob] = [await site.newUser(), await site.newUser()];
  const review = { ...right.reviewCard, reviewId: randomUUID(), viewerId: ada };
  const before = await site.everything();
  expect(await named('reviewCard')(review)).toEqual({ kind: 'somebody-else' });
  await startSession(bob);
  expect(await named('reviewCard')(review)).toEqual({ kind: 'somebody-else' });
  expect(await site.everything()).toEqual(before);
  await startSession(ada);
  expect(await named('reviewCard')(review)).toMatchObject({ kind: 'saved', version: 1 });
});

test('what was right is decided here, not by the page, and what no lesson asks or offers is refused', async () => {
  const [lesson] = allLessons().filter(({ predictions }) => predictions.length > 0);
  const { demo, question } = lesson!.predictions[0]!;
  const { options, right: truth } = pose(scenarioById(demo)!, question);
  const wrong = options.find(({ id }) => id !== truth)!.id;
  const said = (given: string) => ({ id: randomUUID(), demo, question, given, sureness: 1 });
  expect(await named('savePrediction')(said(truth))).toMatchObject({ kind: 'saved', correct: true });
  expect(await named('savePrediction')(said(wrong))).toMatchObject({ kind: 'saved', correct: false });
  site.cookies.clear();
  await expectRefused(named('savePrediction'), [{ ...said(truth), correct: true }]);
  await expectRefused(named('savePrediction'), [said('none-of-these')]);
  await expectRefused(named('savePrediction'), [{ ...said(truth), demo: 'seat-14a-fenced' }]);
  await expectRefused(named('savePrediction'), [{ ...said(truth), question: '__proto__' }]);
});

test('a question of the practice that does not exist is refused before anybody becomes a guest', async () => {
  const attempt = { id: randomUUID(), questionId: 'nowhere', reason: 'because' };
  await expectRefused(named('saveAttempt'), [attempt]);
  await expectRefused(named('postAttempt'), [null, form(Object.entries(attempt))]);
});

describe('signing up', () => {
  const typed = (email: string, password: string) => form([...Object.entries({ email, password })]);
  const state = { email: '', errors: {} };

  test('says at which field what is wrong, and keeps the e-mail that was typed', async () => {
    expect(await named('createAccount')(state, typed('ada', 'short'))).toEqual({
      email: 'ada',
      errors: { email: 'That is not an e-mail address.', password: 'Use at least 10 characters.' },
    });
  });

  test('makes an account of the guest of this browser, and leads to it', async () => {
    const guest = await site.newUser();
    await startSession(guest);
    const moved = named('createAccount')(state, typed('Ada@example.org', 'correct horse'));
    await expect(moved).rejects.toMatchObject({ digest: expect.stringContaining('/account') });
    expect(await site.db.user.findUnique({ where: { email: 'ada@example.org' } })).toMatchObject({ id: guest });
  });

  test('with an e-mail that is taken, or a second time, is answered in words', async () => {
    await startSession(await site.newUser());
    expect(await named('createAccount')(state, typed('ada@example.org', 'correct horse'))).toMatchObject({
      errors: { email: expect.stringMatching(/already an account/) },
    });
    const { id } = (await site.db.user.findUnique({ where: { email: 'ada@example.org' } }))!;
    await startSession(id);
    expect(await named('createAccount')(state, typed('new@example.org', 'correct horse'))).toMatchObject({
      errors: { form: expect.stringMatching(/signed in to an account already/) },
    });
  });
});

test('a list of cards with an unknown one in it brings none of them', async () => {
  await expectRefused(named('bringCards'), [{ cardIds: [card, 'nowhere'] }]);
});
