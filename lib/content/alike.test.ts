// No two cards ask the same thing in other words, and no two questions of the lessons. How alike two are is the share of their words
// that both use: question and answer together, and for a gap to fill, each question against the whole sentence with its gap filled.
import { describe, expect, test } from 'vitest';
import { allLessons } from './lessons.ts';

const cards = allLessons().flatMap((lesson) => lesson.cards);
const quizzes = allLessons().flatMap((lesson) => lesson.quizzes);

/** Near enough to be looked at by a person. Who finds that two do ask different things writes down why. */
const bound = 0.3;
const gapBound = 0.75;

/** Pairs that look alike and ask for different things. */
const different: readonly (readonly [one: string, other: string, why: string])[] = [
  ['failover-which', 'thirty-seconds-replica', 'which lock it is; why a replica costs safety'],
  ['properties-four', 'properties-who', 'the four by name; which two of them are about safety'],
  ['lost-replies-zero', 'options-release-nothing', 'a 0 at a retry, no alarm; a 0 at the first try, an alarm'],
  ['numbers-zookeeper-ping', 'zookeeper-bounds', 'when the client pings; the longest session'],
  ['numbers-zookeeper-ping', 'zookeeper-local-expiry', 'when the client pings; when it gives itself up'],
  ['chubby-grace-length', 'chubby-jeopardy', 'how long the grace period is; what is done in it'],
  ['consul-which', 'numbers-consul-fifteens', 'which lock it is; what two settings share a value'],
  ['consul-lock-delay', 'numbers-consul-fifteens', 'how long; what two settings share a value'],
  ['consul-lockindex', 'consul-sequencer', 'when the number grows; what the sequencer is made of'],
  ['delayed-packets-next', 'pauses-next-write', 'a message that is late, with a client awake; a client that slept'],
  ['delayed-packets-race', 'pauses-next-write', 'with tokens that come too late; without tokens'],
  ['fencing-who-checks', 'recall-fencing-token', 'who enforces it; what it is'],
  // A rule in words, or with numbers that stay, and the same rule as a sum whose numbers change.
  ['redlock-may-still-fail', 'redlock-votes-left', 'how many more may fail; how many more must say OK'],
  ['recall-redlock', 'redlock-votes-left', 'the algorithm; its majority as a sum'],
  ['zookeeper-bounds', 'zookeeper-short-session', 'the longest session; the shortest, as a sum'],
  ['other-mistakes-hold-time', 'sql-split-row', 'one lock for a flight; a row that was split'],
  ['consul-crash-wait', 'consul-ttl-late', 'the whole wait, as a sum; how late a session may end'],
  ['dynamodb-takeover', 'dynamodb-takeover-at', 'the condition; the moment, as a sum'],
  ['leases-formula', 'leases-least-ttl', 'what adds up; the sum of it'],
];

/** Questions set a scene first, and many share it: one lock, one pause, what does the search find? So they may be more alike. */
const quizBound = 0.4;

/** Questions that look alike and ask for different things, or whose sum is to be done once more. */
const differentQuizzes: typeof different = [
  ['fencing-quiz-seal-run', 'recall-table-quiz-pause', 'tokens noted on reads too, and two pauses; on writes, and one'],
  ['leases-quiz-1', 'answer-template-quiz-sum', 'the sum for a TTL where it is taught; the same sum inside an answer'],
  ['sql-quiz-hot-row', 'decide-quiz-hot-row', 'where it is taught; the same sum where it decides'],
  ['redis-quiz-acquire', 'redis-quiz-release', 'taking the lock; giving it back'],
  ['pauses-quiz-predict', 'recall-table-quiz-pause', 'a store that compares no tokens; one that does'],
  ['kubernetes-lease-quiz-margin', 'numbers-quiz-margin', 'where it is taught; the same sum later'],
  ['consul-quiz-worst', 'leases-quiz-2', 'with the Go library, which pauses after a refusal; without'],
  ['properties-quiz-4', 'delayed-packets-quiz-predict', 'what the search finds; what it never finds'],
  ['failover-quiz-predict', 'leases-quiz-5', 'a failover; a crash of the holder'],
  ['hazelcast-quiz-run', 'jepsen-etcd-quiz-run', 'a store that checks the fence; one that compares nothing'],
  ['bathroom-key-quiz-1', 'properties-quiz-4', 'a pause; a late message, with no pause'],
  ['pauses-quiz-predict', 'fencing-quiz-seal-run', 'a store that compares no tokens; one that does, on reads too'],
  ['failover-quiz-predict', 'chubby-quiz-run', 'a replica that forgets; a master that is replaced in time'],
  ['consul-quiz-run', 'hazelcast-quiz-run', 'a lock-delay and no check; a fence that is checked'],
  ['sql-quiz-run', 'hazelcast-quiz-run', 'a row lock of the database; a fence in a store beside the lock'],
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

/** Questions have to be nearer than cards before it counts. */
const tooAlikeQuizzes = (one: Cut, other: Cut) => alike(one, other) >= quizBound;

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

  test('finds a question of a lesson that is asked in another order of words', () => {
    const one = question(
      'Consul, session TTL 20 s, lock-delay 30 s. The holder dies just after a renewal. When, at worst, is the lock free?',
      '',
    );
    const other = question(
      'A holder dies right after renewing its Consul session of 20 s. With a lock-delay of 30 s, when is the lock free at worst?',
      '',
    );
    const scene = question(
      'A Consul lock, whose holder may be paused once. At worst, what does the search find?',
      'A stale write that is accepted.',
    );
    expect(tooAlikeQuizzes(cut(one), cut(other))).toBe(true);
    expect(tooAlikeQuizzes(cut(one), cut(scene))).toBe(false);
  });

  test('lets two questions about one thing stand', () => {
    const one = question('Who has to check a fencing token?', 'The resource.');
    const other = question('What makes a number fit to be a fencing token?', 'It grows with every grant.');
    expect(tooAlike(cut(one), cut(other))).toBe(false);
  });
});

/** The right answer of a question, as far as it is in words: an order is all its options, a number says nothing by itself. */
const asked = ({ kind, question: text, options }: (typeof quizzes)[number]): Asked =>
  question(text, options.flatMap(({ text, correct }) => (correct || kind === 'order' ? [text] : [])).join(' '));

const kinds = [
  ['cards', cards.map((card) => ({ id: card.id, ...cut(card) })), tooAlike, different],
  ['questions', quizzes.map((quiz) => ({ id: quiz.id, ...cut(asked(quiz)) })), tooAlikeQuizzes, differentQuizzes],
] as const;

describe.each(kinds)('%s', (_, all, areAlike, listed) => {
  const pair = (one: string, other: string) => [one, other].sort().join(' ~ ');
  const found = all.flatMap((one, at) =>
    all
      .slice(at + 1)
      .filter((other) => areAlike(one, other))
      .map((other) => pair(one.id, other.id)),
  );

  test('do not ask the same twice', () => {
    const allowed = new Set(listed.map(([one, other]) => pair(one, other)));
    expect(found.filter((one) => !allowed.has(one))).toEqual([]);
  });

  test('that may look alike do look alike', () => {
    // A pair that does not any more would let a later twin pass unseen.
    expect(listed.map(([one, other]) => pair(one, other)).filter((one) => !found.includes(one))).toEqual([]);
  });
});
