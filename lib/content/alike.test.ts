// No two cards ask the same thing in other words. How alike two are is the share of their words that both use: question and answer
// together, and for a gap to fill, each question against the whole sentence with its gap filled.
import { describe, expect, test } from 'vitest';
import { allLessons } from './lessons.ts';

const cards = allLessons().flatMap((lesson) => lesson.cards);

/** Near enough to be looked at by a person. Who finds that two do ask different things writes down why. */
const bound = 0.3;
const gapBound = 0.75;

/** Pairs that look alike and ask for different things. */
const different: readonly (readonly [one: string, other: string, why: string])[] = [
  ['failover-which', 'thirty-seconds-replica', 'which lock it is; why a replica costs safety'],
  ['properties-four', 'properties-who', 'the four by name; which two of them are about safety'],
  ['lost-replies-zero', 'options-release-nothing', 'a 0 at a retry, no alarm; a 0 at the first try, an alarm'],
  ['redis-extend', 'redis-valkey-release', 'extending on Redis; releasing on Valkey'],
  ['numbers-zookeeper-ping', 'zookeeper-bounds', 'when the client pings; the longest session'],
  ['numbers-zookeeper-ping', 'zookeeper-local-expiry', 'when the client pings; when it gives itself up'],
  ['chubby-grace-length', 'chubby-jeopardy', 'how long the grace period is; what is done in it'],
  ['consul-which', 'numbers-consul-fifteens', 'which lock it is; what two settings share a value'],
  ['consul-lock-delay', 'numbers-consul-fifteens', 'how long; what two settings share a value'],
  ['consul-lockindex', 'consul-sequencer', 'when the number grows; what the sequencer is made of'],
  ['dynamodb-lease-default', 'numbers-quarter', 'how long the lease is; which lock renews at a quarter'],
  ['hazelcast-session', 'numbers-five-minutes', 'how long the session is; which lock has everybody wait so long'],
  ['delayed-packets-next', 'pauses-next-write', 'a message that is late, with a client awake; a client that slept'],
  ['delayed-packets-race', 'pauses-next-write', 'with tokens that come too late; without tokens'],
  ['fencing-who-checks', 'recall-fencing-token', 'who enforces it; what it is'],
];

const small = new Set(
  'the and what which how does for why can you its that with are who your not from but has his one was when'.split(' '),
);

/** The words that carry meaning, without their endings, so that two ways of putting one question look alike. */
const words = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !small.has(word))
      .map((word) => word.slice(0, 6).replace(/(?<=...)(?:ed|es|s|e)$/, '')),
  );

type Asked = { readonly kind: string; readonly question: string; readonly answer: string };

/** A card's words, cut once: each card is compared with every other. */
const cut = (card: Asked) => ({
  gap: card.kind === 'cloze',
  asked: words(card.question.replace('____', '')),
  whole: words(card.kind === 'cloze' ? card.question.replace('____', card.answer) : `${card.question} ${card.answer}`),
});
type Cut = ReturnType<typeof cut>;

const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((word) => other.has(word)).length;

/** From 0 to 1: of all words of both, those in both. */
function alike({ whole: one }: Cut, { whole: other }: Cut): number {
  const both = shared(one, other);
  return both / Math.max(1, one.size + other.size - both);
}

/** How much of the question of one the other says with its gap filled. Two words are too few to tell by. */
const saidByGap = ({ asked }: Cut, { gap, whole }: Cut) =>
  !gap || asked.size < 3 ? 0 : shared(asked, whole) / asked.size;

const tooAlike = (one: Cut, other: Cut) =>
  alike(one, other) >= bound || Math.max(saidByGap(one, other), saidByGap(other, one)) >= gapBound;

const question = (question: string, answer: string): Asked => ({ kind: 'question', question, answer });

describe('the measure', () => {
  test.each([
    [
      'one question in other words',
      question(
        'Who has to check a fencing token?',
        'The resource. It compares the token with the highest it has seen.',
      ),
      question(
        'Which part of a system checks the fencing token?',
        'The resource, which compares it with the highest seen.',
      ),
    ],
    [
      'a question whose sentence with a gap is another card',
      question('Who enforces a fencing token?', 'The store.'),
      { kind: 'cloze', question: 'A fencing token is enforced by the ____.', answer: 'resource, in one atomic step' },
    ],
  ])('finds %s', (_, one, other) => {
    expect(tooAlike(cut(one), cut(other))).toBe(true);
    expect(tooAlike(cut(other), cut(one))).toBe(true);
  });

  test('lets two questions about one thing stand', () => {
    const one = question('Who has to check a fencing token?', 'The resource.');
    const other = question('What makes a number fit to be a fencing token?', 'It grows with every grant.');
    expect(tooAlike(cut(one), cut(other))).toBe(false);
  });
});

test('no two cards ask the same', () => {
  const allowed = new Set(different.map(([one, other]) => [one, other].sort().join(' ~ ')));
  const all = cards.map((card) => ({ id: card.id, ...cut(card) }));
  const found = all.flatMap((one, at) =>
    all
      .slice(at + 1)
      .filter((other) => tooAlike(one, other))
      .map((other) => [one.id, other.id].sort().join(' ~ ')),
  );
  expect(found.filter((pair) => !allowed.has(pair))).toEqual([]);
});

test('a pair that may look alike is a pair of cards', () => {
  const ids = new Set(cards.map(({ id }) => id));
  expect(different.filter(([one, other]) => one === other || !ids.has(one) || !ids.has(other))).toEqual([]);
});
