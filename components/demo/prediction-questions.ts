// What a demo asks before it runs, and how a run answers. An author names a question (`<Demo id="…" predict="late-write" />`); which
// option is right is read off the run, never written down. A question fits a run when exactly one of its options does.
// Pure: made into words on the server, so that a page carries the words and not the questions of all other demos.
import {
  type Access,
  type Chronicle,
  chronicle,
  type Ms,
  type NodeId,
  type PropertyId,
  type Scenario,
  type Trace,
} from '#lib/lock/index.ts';

/** The facts that questions are about. */
type Facts = {
  readonly scenario: Scenario;
  readonly trace: Trace;
  readonly story: Chronicle;
  readonly clients: readonly NodeId[];
  /** Accepted writes, in order. */
  readonly written: readonly Access[];
  /** The client of whom the question is: whom a fault struck, or whose write came last. */
  readonly subject: NodeId;
  readonly other: NodeId;
};

export type Option = {
  readonly id: string;
  text(facts: Facts): string;
  is(facts: Facts): boolean;
  /** What happened, where this is what happened. */
  told(facts: Facts): string;
};

export type Question = {
  readonly id: string;
  ask(facts: Facts): string;
  readonly options: readonly [Option, Option, ...Option[]];
  /** How many steps are shown before it is asked; left out: up to the last fault. */
  until?(facts: Facts): number;
  /** The property that it is about: a run says of it only what its demo looks at. */
  readonly property?: PropertyId;
};

const lateWrite: Question = {
  id: 'late-write',
  ask: ({ subject }) => `What becomes of ${subject}’s write?`,
  options: [
    {
      id: 'over',
      text: ({ other }) => `The store accepts it, over what ${other} has written`,
      is: ({ written, subject }) => written.findIndex(({ who }) => who === subject) > 0,
      told: ({ subject, other }) =>
        `${other} writes first, and the store accepts ${subject}’s older write on top of it.`,
    },
    {
      id: 'refused',
      text: ({ other }) => `The store refuses it, since ${other} has been there with a higher token`,
      is: ({ story, written, subject }) => !wrote(written, subject) && story.accesses.some(isRefusedWriteOf(subject)),
      told: ({ subject, other }) => `The store has seen ${other}’s higher token and refuses ${subject}’s write.`,
    },
    {
      id: 'unsent',
      text: ({ subject }) => `${subject} does not send it: it notices that its lease is over`,
      is: ({ story, written, subject }) => !wrote(written, subject) && !story.accesses.some(isRefusedWriteOf(subject)),
      told: ({ subject }) => `${subject} notices in time, and sends no write.`,
    },
    {
      id: 'first',
      text: ({ other }) => `It arrives before ${other} writes anything`,
      is: ({ written, subject }) => written[0]?.who === subject,
      told: ({ subject }) => `${subject}’s write is there before anybody else’s.`,
    },
  ],
  until: untilSent,
};

const finalValue: Question = {
  id: 'final-value',
  ask: () => 'Each of the two adds one to a number that starts at 0. What does the store hold at the end?',
  options: [
    valueIs(0, 'no write was accepted'),
    valueIs(1, 'one of the two additions is missing'),
    valueIs(2, 'both additions are there'),
  ],
  until: untilSent,
};

const foreignDelete: Question = {
  id: 'foreign-delete',
  property: 'only-owner-releases',
  ask: ({ subject, other }) =>
    `${subject} wakes up and releases the lock, which is ${other}’s by now. What happens to it?`,
  options: [
    {
      id: 'gone',
      text: ({ other }) => `It is deleted, while ${other} still works under it`,
      is: ({ trace }) => trace.broken.includes('only-owner-releases'),
      told: ({ subject, other }) => `${subject}’s release deletes the lock of ${other}.`,
    },
    {
      id: 'kept',
      text: ({ other }) => `Nothing: ${other} keeps it`,
      is: ({ trace }) => !trace.broken.includes('only-owner-releases'),
      told: ({ subject, other }) => `${subject}’s release deletes nothing, and ${other} keeps the lock.`,
    },
  ],
};

const afterCrash: Question = {
  id: 'after-crash',
  ask: ({ subject, other }) =>
    `${subject} crashes while it holds the lock, and will release nothing. What becomes of ${other}?`,
  options: [
    {
      id: 'at-once',
      text: ({ subject, other }) => `${other} gets the lock at once, since it is noticed that ${subject} is gone`,
      is: (facts) => grantOf(facts) !== null && !waitedForTheLease(facts),
      told: ({ other }) => `${other} gets the lock at once.`,
    },
    {
      id: 'after-lease',
      text: ({ subject, other }) => `${other} gets it when ${subject}’s lease has run out`,
      is: (facts) => grantOf(facts) !== null && waitedForTheLease(facts),
      told: ({ subject, other }) => `${other} waits for ${subject}’s lease to run out, and then gets the lock.`,
    },
    {
      id: 'never',
      text: ({ other }) => `${other} waits for ever`,
      is: (facts) => grantOf(facts) === null,
      told: ({ other }) => `${other} never gets the lock.`,
    },
  ],
};

const believers: Question = {
  id: 'believers',
  property: 'one-believer',
  ask: () => 'Will two clients believe at the same moment that they hold the lock?',
  options: [
    {
      id: 'two',
      text: () => 'Yes, for a while both do',
      is: ({ trace }) => trace.broken.includes('one-believer'),
      told: ({ subject, other }) => `For a while, ${subject} and ${other} both believe it.`,
    },
    {
      id: 'one',
      text: () => 'No, never more than one',
      is: ({ trace }) => !trace.broken.includes('one-believer'),
      told: () => 'At no moment does more than one client believe it.',
    },
  ],
};

const winner: Question = {
  id: 'winner',
  ask: () => 'Who is told that the seat is theirs?',
  options: [
    onlyBooked('first', 0),
    onlyBooked('second', 1),
    {
      id: 'both',
      text: () => 'Both',
      is: ({ written, clients }) => clients.every((id) => wrote(written, id)),
      told: ({ clients }) => `${clients.join(' and ')} are both told that the seat is theirs.`,
    },
    {
      id: 'neither',
      text: () => 'Neither',
      is: ({ written }) => written.length === 0,
      told: () => 'Nobody gets the seat.',
    },
  ],
  until: () => 0,
};

const tickets: Question = {
  id: 'tickets',
  ask: ({ clients }) => `${clients.length} requests, one seat. How many tickets are sold?`,
  options: [
    ticketsSold(
      'none',
      () => 'None',
      (sold) => sold === 0,
    ),
    ticketsSold(
      'one',
      () => 'One',
      (sold) => sold === 1,
    ),
    ticketsSold(
      'some',
      ({ clients }) => (clients.length > 2 ? `More than one, fewer than ${clients.length}` : 'More than two'),
      (sold, all) => (all > 2 ? sold > 1 && sold < all : sold > all),
    ),
    ticketsSold(
      'all',
      ({ clients }) => (clients.length > 2 ? `All ${clients.length}` : 'Two'),
      (sold, all) => sold > 1 && sold === all,
    ),
  ],
  until: () => 0,
};

const effects: Question = {
  id: 'effects',
  ask: () => 'The work should be done once. How often is it done?',
  options: [
    timesDone('never', 'Not at all', (times) => times === 0),
    timesDone('once', 'Once', (times) => times === 1),
    timesDone('twice', 'Twice', (times) => times > 1),
  ],
};

/** One line for each question that an author may name. */
export const questions: readonly Question[] = [
  lateWrite,
  finalValue,
  foreignDelete,
  afterCrash,
  believers,
  winner,
  tickets,
  effects,
];

export function factsOf(scenario: Scenario, trace: Trace): Facts {
  const story = chronicle(trace);
  const clients = Object.keys(scenario.clients);
  const written = story.accesses.filter(({ what, accepted }) => what === 'write' && accepted);
  const struck = trace.steps.flatMap(({ move }) =>
    move.kind === 'fault' && 'node' in move.fault && clients.includes(move.fault.node) ? [move.fault.node] : [],
  );
  const subject = struck[0] ?? written.at(-1)?.who ?? clients[0] ?? '';
  // Of several others, the one that wrote beside it.
  const other = (written.findLast(({ who }) => who !== subject)?.who ?? clients.find((id) => id !== subject)) || '';
  return { scenario, trace, story, clients, written, subject, other };
}

/** The number of steps up to the last fault, and with it, before anything is broken; 0 where nothing goes wrong. */
export function lastFault({ steps, violations }: Trace): number {
  const before = violations[0]?.step ?? steps.length;
  return steps.slice(0, before).findLastIndex(({ move }) => move.kind === 'fault') + 1;
}

/** The same; and without a fault, until the write that will come last is on its way. */
function untilSent({ trace, story, written }: Facts): number {
  const faulty = lastFault(trace);
  if (faulty > 0) return faulty;
  const last = written.at(-1);
  const sent = story.messages.find(({ from, endedIn }) => from === last?.who && endedIn === last?.step)?.sentIn;
  return sent === undefined || sent === null ? 0 : sent + 1;
}

function wrote(written: readonly Access[], id: NodeId): boolean {
  return written.some(({ who }) => who === id);
}

function isRefusedWriteOf(id: NodeId) {
  return ({ who, what, accepted }: Access) => who === id && what === 'write' && !accepted;
}

function valueIs(value: number, meaning: string): Option {
  return {
    id: `${value}`,
    text: () => `${value}: ${meaning}`,
    is: ({ written }) => (written.at(-1)?.value ?? 0) === value,
    told: ({ written }) =>
      `${written.length === 1 ? '1 write is' : `${written.length} writes are`} accepted, and the store holds ${value}.`,
  };
}

function onlyBooked(id: string, at: number): Option {
  return {
    id,
    text: ({ clients }) => `Only ${clients[at]}`,
    is: ({ written, clients }) => written.length > 0 && written.every(({ who }) => who === clients[at]),
    told: ({ clients }) => `Only ${clients[at]} is told that the seat is theirs.`,
  };
}

function ticketsSold(id: string, text: Option['text'], fits: (sold: number, all: number) => boolean): Option {
  return {
    id,
    text,
    is: ({ written, clients }) => fits(written.length, clients.length),
    told: ({ written, clients }) =>
      `${written.length} of ${clients.length} requests ${written.length === 1 ? 'gets a ticket' : 'get a ticket'}.`,
  };
}

function timesDone(id: string, text: string, fits: (times: number) => boolean): Option {
  return {
    id,
    text: () => text,
    is: ({ written }) => fits(written.length),
    told: () => `It is done ${text.toLowerCase()}.`,
  };
}

/** When the other client was granted the lock first; null if it never was. */
function grantOf({ story, other }: Facts): Ms | null {
  return story.leases.find(({ who }) => who === other)?.terms[0]?.at ?? null;
}

function waitedForTheLease(facts: Facts): boolean {
  const held = facts.story.leases.find(({ who }) => who === facts.subject);
  const grant = grantOf(facts);
  return held?.ended === 'expired' && grant !== null && grant >= held.until;
}
