// From guest to account and to a second device, on a real database: nothing that somebody learned is lost or mixed up.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allCards } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { fold, isAside } from '#lib/study/fold.ts';
import { type GradeNumber, newMemory } from '#lib/study/schedule.ts';
import { carryOver, checkPassword, emailSchema, passwordSchema, signUp, userOfOAuth } from './account.ts';
import { authOptions, outsideProviders } from './auth.ts';
import { openSite, type Site } from './fresh-site.ts';
import { markRead } from './progress.ts';
import { answerQuiz } from './quiz-answers.ts';
import { columnsOf, deckOf, eventOf, memoryOf, type NewEvent, write } from './reviews.ts';
import { noteTry } from './throttle.ts';

// The real parameters cost a third of a second a try, and are tested where passwords are.
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  const quick = { N: 16, r: 1, p: 1 };
  return {
    ...real,
    scrypt: (password: string, salt: Buffer, bytes: number, _: object, done: Parameters<typeof real.scrypt>[4]) =>
      real.scrypt(password, salt, bytes, quick, done),
  };
});

const day = 86_400_000;
const now = Date.UTC(2026, 2, 1, 9);
const [first, second, third] = allCards().map((card) => card.id) as [string, string, string];
const [lessonA, lessonB] = allLessons().map((lesson) => lesson.slug) as [string, string];
const quiz = allLessons()
  .flatMap((lesson) => lesson.quizzes)
  .find((one) => one.kind === 'single')!;
const password = 'correct horse';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const newEmail = () => `${randomUUID()}@example.org`;
const grade = (userId: string, cardId: string, given: GradeNumber, at: number) =>
  write(userId, { id: randomUUID(), cardId, seenVersion: 'any', kind: 'grade', grade: given }, at);

async function withAccount(): Promise<{ id: string; email: string }> {
  const [id, email] = [await site.newUser(), newEmail()];
  expect(await signUp(id, email, password)).toEqual({ kind: 'saved' });
  return { id, email };
}

/** Some of everything that can be kept. */
async function learn(userId: string, cardId: string, at: number): Promise<void> {
  await grade(userId, cardId, 3, at);
  await markRead(userId, lessonA, at);
  await answerQuiz(userId, { id: randomUUID(), quizId: quiz.id, given: [0] }, at);
  const attempt = { questionId: 'booking', blanks: '{}', paragraph: 'said', seconds: 1, createdAt: new Date(at) };
  await site.db.attempt.create({ data: { id: randomUUID(), userId, ...attempt } });
}

const kept = async (userId: string) => ({
  states: await site.db.cardState.findMany({ where: { userId }, orderBy: { cardId: 'asc' } }),
  logs: await site.db.reviewLog.findMany({ where: { userId }, orderBy: [{ cardId: 'asc' }, { version: 'asc' }] }),
  read: await site.db.lessonRead.findMany({ where: { userId }, orderBy: { slug: 'asc' } }),
  answers: await site.db.quizAnswer.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
  attempts: await site.db.attempt.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
});
type Kept = Awaited<ReturnType<typeof kept>>;

/** Everything but whose it is and how it is numbered. */
const contents = ({ logs, read, answers, attempts }: Kept) => ({
  logs: logs.map(({ userId: _, version: __, ...row }) => row),
  read: read.map((row) => row.slug),
  answers: answers.map((row) => row.id),
  attempts: attempts.map((row) => row.id),
});

function expectFolded({ states, logs }: Kept): void {
  expect(new Set(states.map((row) => row.cardId))).toEqual(new Set(logs.map((row) => row.cardId)));
  for (const state of states) {
    const rows = logs.filter((row) => row.cardId === state.cardId);
    expect(rows.map((row) => row.version)).toEqual(rows.map((_, at) => at + 1));
    expect(rows.map((row) => row.at.getTime())).toEqual(rows.map((row) => row.at.getTime()).sort((a, b) => a - b));
    expect(state.version).toBe(rows.length);
    expect(memoryOf(state)).toEqual(fold(state.cardId, rows.map(eventOf)));
    expect(state.aside).toBe(isAside(rows.map(eventOf)));
  }
}

describe('what is typed', () => {
  test('an e-mail address is the same with capitals and spaces around it', () => {
    expect(emailSchema.parse('  Ada@Example.ORG ')).toBe('ada@example.org');
  });

  test.each(['', 'ada', 'ada@', '@example.org', 'a b@example.org', `${'a'.repeat(250)}@example.org`, 'ada@example'])(
    '“%s” is no e-mail address',
    (typed) => expect(emailSchema.safeParse(typed).success).toBe(false),
  );

  test('a password has from 10 to 200 characters', () => {
    const fits = (length: number) => passwordSchema.safeParse('x'.repeat(length)).success;
    expect([9, 10, 200, 201].map(fits)).toEqual([false, true, true, false]);
  });
});

describe('signing up', () => {
  test('keeps the user and everything the guest learned', async () => {
    const id = await site.newUser();
    await learn(id, first, now);
    const before = await kept(id);
    const email = newEmail();
    expect(await signUp(id, email, password)).toEqual({ kind: 'saved' });
    expect(await kept(id)).toEqual(before);
    expect(await checkPassword(email, password, now)).toEqual({ kind: 'signed-in', userId: id, email });
  });

  test('with an e-mail that has an account changes neither of the two', async () => {
    const { id, email } = await withAccount();
    const guest = await site.newUser();
    const before = await site.everything();
    expect(await signUp(guest, email, 'another password')).toEqual({ kind: 'email-taken' });
    expect(await site.everything()).toEqual(before);
    expect(await checkPassword(email, password, now)).toMatchObject({ kind: 'signed-in', userId: id });
  });

  test('twice does not change the e-mail or the password', async () => {
    const { id, email } = await withAccount();
    const before = await site.everything();
    expect(await signUp(id, newEmail(), 'another password')).toEqual({ kind: 'has-account' });
    expect(await site.everything()).toEqual(before);
    expect(await checkPassword(email, password, now)).toMatchObject({ kind: 'signed-in' });
  });

  test('of two at once with the same e-mail gives it to one', async () => {
    const [one, two, email] = [await site.newUser(), await site.newUser(), newEmail()];
    const results = await Promise.all([signUp(one, email, password), signUp(two, email, password)]);
    expect(results.map((result) => result.kind).sort()).toEqual(['email-taken', 'saved']);
  });

  test('of a user who does not exist makes none', async () => {
    const before = await site.everything();
    expect((await signUp(randomUUID(), newEmail(), password)).kind).toBe('has-account');
    expect(await site.everything()).toEqual(before);
  });
});

describe('signing in', () => {
  test('with a wrong password and with an unknown e-mail is answered alike', async () => {
    const { email } = await withAccount();
    expect(await checkPassword(email, 'wrong password', now)).toEqual({ kind: 'wrong' });
    expect(await checkPassword(newEmail(), password, now)).toEqual({ kind: 'wrong' });
  });

  test('after ten wrong passwords is refused, also with the right one, for a quarter of an hour', async () => {
    const { email } = await withAccount();
    for (let at = 0; at < 10; at += 1)
      expect(await checkPassword(email, 'wrong password', now)).toEqual({ kind: 'wrong' });
    expect(await checkPassword(email, password, now + 15 * 60_000 - 1)).toEqual({ kind: 'throttled' });
    expect(await checkPassword(email, password, now + 15 * 60_000)).toMatchObject({ kind: 'signed-in' });
  });

  test('with the right password starts the count again', async () => {
    const { email } = await withAccount();
    for (let at = 0; at < 9; at += 1) noteTry(email, now);
    expect(await checkPassword(email, password, now)).toMatchObject({ kind: 'signed-in' });
    expect(await checkPassword(email, 'wrong password', now)).toEqual({ kind: 'wrong' });
    expect(await checkPassword(email, password, now)).toMatchObject({ kind: 'signed-in' });
  });

  test('cannot be guessed faster by guessing side by side', async () => {
    const { email } = await withAccount();
    const guesses = Array.from({ length: 30 }, (_, at) => checkPassword(email, `wrong password ${at}`, now));
    const kinds = (await Promise.all(guesses)).map((result) => result.kind);
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(20);
  });
});

describe('carrying a guest over into an account', () => {
  test('moves everything, and the guest is gone', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    await learn(guest, first, now);
    const before = await kept(guest);
    await carryOver(guest, account);
    const after = await kept(account);
    expect(contents(after)).toEqual(contents(before));
    expect(after.states.map(({ userId: _, ...row }) => row)).toEqual(before.states.map(({ userId: _, ...row }) => row));
    expect(await site.db.user.findUnique({ where: { id: guest } })).toBeNull();
    expect(contents(await kept(guest))).toEqual({ logs: [], read: [], answers: [], attempts: [] });
  });

  test('keeps what the account had, and a lesson that both read counts once, from when the account read it', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    await learn(account, first, now - 5 * day);
    await learn(guest, second, now);
    await markRead(guest, lessonB, now);
    await carryOver(guest, account);
    const { read, answers, attempts, logs } = await kept(account);
    expect(read.map((row) => [row.slug, row.at.getTime()]).sort()).toEqual(
      [
        [lessonA, now - 5 * day],
        [lessonB, now],
      ].sort(),
    );
    expect([answers.length, attempts.length]).toEqual([2, 2]);
    expect(new Set(logs.map((row) => row.cardId))).toEqual(new Set([first, second]));
  });

  test('takes over that the guest has read a lesson again which was corrected since the account read it', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    const { slug, revised } = allLessons().find((lesson) => lesson.revised.length > 0)!;
    const corrected = Date.parse(revised.at(-1)!.at);
    await markRead(account, slug, corrected - day);
    await markRead(guest, slug, corrected + day);
    await carryOver(guest, account);
    expect((await kept(account)).read.map((row) => row.at.getTime())).toEqual([corrected + day]);
  });

  test('folds the reviews of a card that both reviewed into one history, in the order in which they happened', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    await grade(account, first, 3, now);
    await grade(guest, first, 1, now + day);
    await grade(account, first, 4, now + 2 * day);
    await carryOver(guest, account);
    const after = await kept(account);
    expect(after.logs.map((row) => row.grade)).toEqual([3, 1, 4]);
    expectFolded(after);
    expect(await grade(account, first, 3, now + 3 * day)).toMatchObject({ kind: 'saved', version: 4 });
  });

  test('leaves aside what the guest has set aside last', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    await grade(account, first, 3, now);
    await write(guest, { id: randomUUID(), cardId: first, seenVersion: 0, kind: 'aside' }, now + day);
    await carryOver(guest, account);
    expect((await kept(account)).states).toMatchObject([{ cardId: first, aside: true, reps: 1 }]);
  });

  test('loses no event of any two histories, and the state of each card is their fold', async () => {
    const event = fc.record({
      who: fc.constantFrom('guest', 'account'),
      cardId: fc.constantFrom(first, second, third),
      kind: fc.constantFrom<NewEvent['kind']>('grade', 'grade', 'undo', 'bring', 'aside', 'back'),
      grade: fc.constantFrom<GradeNumber>(1, 2, 3, 4),
      gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 * day })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        const [guest, account] = [await site.newUser(), (await withAccount()).id];
        let at = now;
        for (const { who, gap, ...rest } of events) {
          at += gap;
          const wanted = { id: randomUUID(), seenVersion: 'any', ...rest } as NewEvent;
          await write(who === 'guest' ? guest : account, wanted, at);
        }
        const ids = [...(await kept(guest)).logs, ...(await kept(account)).logs].map((row) => row.id);
        await carryOver(guest, account);
        const after = await kept(account);
        expect(after.logs.map((row) => row.id).sort()).toEqual(ids.sort());
        expectFolded(after);
      }),
      { numRuns: 12 },
    );
  });

  test('brings half a year of a diligent guest over in one go', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    const cards = allCards().slice(0, 100);
    const log = cards.flatMap((card) =>
      Array.from({ length: 30 }, (_, at) => ({
        id: randomUUID(),
        userId: at % 2 === 0 ? guest : account,
        cardId: card.id,
        version: Math.floor(at / 2) + 1,
        kind: 'grade',
        grade: 3,
        at: new Date(now + at * day),
      })),
    );
    await site.db.reviewLog.createMany({ data: log });
    const state = { version: 15, ...columnsOf(newMemory(now)) };
    await site.db.cardState.createMany({ data: cards.map((card) => ({ userId: guest, cardId: card.id, ...state })) });
    await carryOver(guest, account);
    const after = await kept(account);
    expect(after.logs).toHaveLength(log.length);
    expectFolded(after);
  });

  test('does nothing to somebody who has an account, whether by e-mail or from outside', async () => {
    const { id: account } = await withAccount();
    const { id: byEmail } = await withAccount();
    const identity = { provider: 'github', providerAccountId: randomUUID(), name: 'Ada' };
    const byGitHub = await userOfOAuth(identity, null);
    for (const user of [byEmail, byGitHub, account, randomUUID()]) {
      if (user === byEmail || user === byGitHub) await learn(user, first, now);
      const before = await site.everything();
      await carryOver(user, account);
      expect(await site.everything()).toEqual(before);
    }
  });

  test('a second time, as when the browser repeats itself, changes nothing', async () => {
    const { id: account } = await withAccount();
    const guest = await site.newUser();
    await learn(guest, first, now);
    await Promise.all([carryOver(guest, account), carryOver(guest, account)]);
    const before = await site.everything();
    await carryOver(guest, account);
    expect(await site.everything()).toEqual(before);
  });
});

describe('an identity from outside', () => {
  const identity = (id: string = randomUUID()) => ({ provider: 'github', providerAccountId: id, name: 'Ada' });

  test('is added to the guest of this browser, who keeps everything', async () => {
    const guest = await site.newUser();
    await learn(guest, first, now);
    const before = await kept(guest);
    expect(await userOfOAuth(identity(), guest)).toBe(guest);
    expect(await kept(guest)).toEqual(before);
    expect(await site.db.user.findUnique({ where: { id: guest } })).toMatchObject({ name: 'Ada' });
  });

  test('finds the same user on every device, and brings along what a guest learned there', async () => {
    const who = identity();
    const user = await userOfOAuth(who, null);
    expect(await userOfOAuth(who, null)).toBe(user);
    const guest = await site.newUser();
    await grade(guest, first, 4, now);
    expect(await userOfOAuth(who, guest)).toBe(user);
    expect((await deckOf(user, now + 300 * day)).cards.map((one) => one.card.id)).toEqual([first]);
  });

  test('of another provider with the same number is somebody else', async () => {
    const id = randomUUID();
    const github = await userOfOAuth(identity(id), null);
    expect(await userOfOAuth({ ...identity(id), provider: 'google' }, null)).not.toBe(github);
  });

  test('of a browser whose user is gone makes a new user', async () => {
    const gone = randomUUID();
    expect(await userOfOAuth(identity(), gone)).not.toBe(gone);
  });
});

describe('the settings of next-auth', () => {
  type Authorize = (credentials: unknown, request: unknown) => Promise<{ id: string } | null>;
  const authorize = (currentUserId: string | null, credentials: unknown) => {
    const [provider] = authOptions(currentUserId).providers as unknown as { options: { authorize: Authorize } }[];
    return provider!.options.authorize(credentials, {});
  };

  test('sign in by e-mail in any spelling, and carry this browser’s guest over', async () => {
    const { id, email } = await withAccount();
    const guest = await site.newUser();
    await learn(guest, first, now);
    expect(await authorize(guest, { email: ` ${email.toUpperCase()} `, password })).toEqual({ id });
    expect((await kept(id)).logs).toHaveLength(1);
  });

  test('carry nothing over on a wrong password', async () => {
    const { email } = await withAccount();
    const guest = await site.newUser();
    const before = await site.everything();
    expect(await authorize(guest, { email, password: 'wrong password' })).toBeNull();
    expect(await site.everything()).toEqual(before);
  });

  test('answer input that is no e-mail and password with no, and do not throw', async () => {
    for (const odd of [
      undefined,
      null,
      {},
      { email: 'x' },
      { email: [], password: {} },
      { email: newEmail() },
      'text',
    ]) {
      expect(await authorize(null, odd)).toBeNull();
    }
  });

  test('say so when there were too many tries', async () => {
    const { email } = await withAccount();
    for (let at = 0; at < 10; at += 1) noteTry(email, Date.now());
    await expect(authorize(null, { email, password })).rejects.toThrow('Throttled');
  });

  test('put nothing into a session but who it is', async () => {
    const { jwt } = authOptions(null).callbacks!;
    const token = { sub: 'somebody', name: 'Ada', email: 'ada@example.org', picture: 'x' };
    expect(await jwt!({ token, user: { id: 'x' }, account: null } as never)).toEqual({ sub: 'somebody' });
    const account = { type: 'credentials', provider: 'credentials', providerAccountId: 'x' };
    expect(await jwt!({ token, user: { id: 'me' }, account } as never)).toEqual({ sub: 'me' });
  });

  test('offer no outside provider whose variables are not set', () => {
    expect(outsideProviders()).toEqual([]);
  });
});
