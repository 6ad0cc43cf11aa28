// The wizard's questions and the order in which its candidates are preferred; the candidates are in content/wizard/.
// The first question is whether a lock is needed at all, so everything that needs none comes first in the order. Nothing here
// says which answers lead to which advice: each candidate judges the answers, and lib/wizard draws the conclusion.

import type { Question, Tree } from '#lib/wizard/tree.ts';
import { cutOff, proxy, queue, stateMachine } from './wizard/across-systems.ts';
import {
  advisoryLock,
  homeRegion,
  leaseRow,
  reservation,
  selectForUpdate,
  serializable,
  spanner,
} from './wizard/in-the-database.ts';
import { bestEffortLease, etcd, k8sLease, redis, redlock, zookeeper } from './wizard/leases.ts';
import {
  atomicCounter,
  conditionalPut,
  conditionalUpdate,
  doNothing,
  escrow,
  idempotencyKey,
  uniqueConstraint,
  uniqueRun,
} from './wizard/without-a-lock.ts';

const questions: readonly Question[] = [
  {
    id: 'refuse',
    text: 'Can the thing you protect refuse the second request by itself?',
    why: 'If it can, you need no lock. A check inside the resource holds through every crash and every pause, and a lock with a timeout does not.',
    choices: [
      {
        id: 'condition',
        label: 'Yes, by a condition checked in the same step as the write',
        hint: '`UPDATE … WHERE available = true`, `If-Match` on an object, storage that refuses an older epoch',
      },
      {
        id: 'unique',
        label: 'Yes, by a key that may exist only once',
        hint: 'One booking for each flight and seat, one run for each job and scheduled time',
      },
      {
        id: 'repeat',
        label: 'Yes, it recognises the same request when it comes again',
        hint: 'An idempotency key at a payment provider, a table of event ids already handled',
      },
      {
        id: 'no',
        label: 'No, it would take both',
        hint: 'Several steps or several systems, and nothing compares before it applies',
      },
    ],
  },
  {
    id: 'harm',
    text: 'What breaks when two act at once?',
    why: 'A lock that only saves work may fail now and then. A lock that guards data may not, and then a timeout alone is never enough.',
    when: [{ refuse: ['no'] }],
    choices: [
      {
        id: 'nothing',
        label: 'Nothing, a duplicate is cheap and harmless',
        hint: 'Warming a cache, rendering the same thumbnail again',
      },
      {
        id: 'waste',
        label: 'Work is done twice, but nothing ends up wrong',
        hint: 'A long report, a crawl, an import that can be repeated',
      },
      {
        id: 'wrong',
        label: 'Money or data ends up wrong',
        hint: 'A second charge, a seat sold twice, an update lost',
      },
    ],
  },
  {
    id: 'guarded',
    text: 'What must only one of them touch?',
    why: 'The thing itself decides which checks are possible. A row can compare before it changes; an e-mail cannot be taken back.',
    when: [{ refuse: ['condition', 'unique', 'repeat'] }, { harm: ['waste', 'wrong'] }],
    choices: [
      { id: 'rows', label: 'Rows in a database', hint: 'Seats, stock, balances, the state of an order' },
      {
        id: 'external',
        label: 'A payment or another external service',
        hint: 'A card charge, an e-mail, a partner’s interface',
      },
      { id: 'file', label: 'A file, or an object in a store', hint: 'S3, a shared disk, the log of a table format' },
      { id: 'role', label: 'A role that one instance plays', hint: 'The leader, while all others stand by' },
      { id: 'job', label: 'A scheduled job', hint: 'Every instance wakes up at 02:00' },
      { id: 'counter', label: 'A counter or a quota', hint: 'Requests in this minute, uploads left today' },
    ],
  },
  {
    id: 'crowd',
    text: 'How many want the same row at once?',
    why: 'One row takes one writer at a time. Its throughput is one divided by the length of a transaction, whatever you put in front of it.',
    when: [{ refuse: ['condition'], guarded: ['rows'] }],
    choices: [
      { id: 'few', label: 'A few, or many spread over many rows', hint: 'Even a popular flight has many seats' },
      { id: 'flood', label: 'Thousands a second, all for one row', hint: 'A flash sale with a single stock count' },
    ],
  },
  {
    id: 'scope',
    text: 'Can one database transaction do all of it?',
    why: 'When lock and data commit together, the transaction of a paused holder is either still open or was aborted, so it cannot write late. Outside the database that protection ends.',
    when: [{ harm: ['wrong'], guarded: ['rows'] }],
    choices: [
      {
        id: 'one',
        label: 'Yes, every step is a statement to one database',
        hint: 'Read, decide and write, then commit',
      },
      {
        id: 'outside',
        label: 'No, some of it happens elsewhere',
        hint: 'A call to a service, a message, a second database',
      },
    ],
  },
  {
    id: 'regions',
    text: 'From where is the same row written?',
    why: 'A row lock lives in one primary server. Writers on another continent either travel to it, or need a database that commits across regions.',
    when: [{ scope: ['one'] }],
    choices: [
      { id: 'one', label: 'From one region', hint: 'Replicas elsewhere may read' },
      {
        id: 'global',
        label: 'From several, and the database commits across them',
        hint: 'Spanner, or another database with multi-region transactions',
      },
      {
        id: 'many',
        label: 'From several, and the database commits in one region only',
        hint: 'A primary here, copies elsewhere that follow later',
      },
    ],
  },
  {
    id: 'hold',
    text: 'How long must the right to act last?',
    why: 'A row lock lasts as long as its transaction, and an open transaction keeps a connection busy and makes others wait.',
    when: [{ regions: ['one'] }],
    choices: [
      { id: 'moment', label: 'As long as one short transaction', hint: 'No person and no network call in between' },
      {
        id: 'think',
        label: 'Minutes, while a person decides',
        hint: 'The seat stays yours while you type a card number',
      },
    ],
  },
  {
    id: 'row',
    text: 'Is there a row that both of them must touch?',
    why: '`FOR UPDATE` locks rows that exist. It cannot lock a row that nobody has inserted yet, nor a rule over many rows.',
    when: [{ hold: ['moment'] }],
    choices: [
      { id: 'one', label: 'Yes, one row or a known few', hint: 'The account, the order, the seat' },
      {
        id: 'several',
        label: 'The rule spans many rows, some not inserted yet',
        hint: 'At least one doctor stays on call; a team’s spending stays under its budget',
      },
      { id: 'none', label: 'No row stands for it', hint: 'A migration, the rebuild of a whole table' },
    ],
  },
  {
    id: 'wait',
    text: 'Must the caller have the result before it goes on?',
    why: 'Work that may happen a little later can stand in one line for each key. Then a single consumer puts it in order, and nobody races.',
    when: [{ harm: ['wrong'], guarded: ['external'] }, { scope: ['outside'] }],
    choices: [
      { id: 'now', label: 'Yes, somebody waits for the answer', hint: 'A checkout page' },
      { id: 'later', label: 'No, it may happen a little later', hint: 'A payout, an invoice, a notification' },
    ],
  },
  {
    id: 'check',
    text: 'Can what is written to compare a token with every write?',
    why: 'The resource enforces fencing: it keeps the highest token it has seen and refuses a lower one, in one step with the write. Neither the lock service nor the client can do that for it.',
    when: [{ harm: ['wrong'], guarded: ['file', 'role'] }],
    choices: [
      {
        id: 'yes',
        label: 'Yes, it can refuse a lower token',
        hint: 'A fence column, an epoch in a log, a service of your own',
      },
      {
        id: 'no',
        label: 'No, it takes whatever arrives',
        hint: 'A plain file share, a device, software that is not yours',
      },
    ],
  },
  {
    id: 'run',
    text: 'What do you already run?',
    why: 'A service that you operate already beats a better one that nobody on call knows. Take the first that fits.',
    when: [
      { refuse: ['condition', 'unique', 'repeat'], guarded: ['role'] },
      { harm: ['waste'], guarded: ['rows', 'external', 'file', 'role', 'job'] },
      { check: ['yes'] },
    ],
    choices: [
      { id: 'kubernetes', label: 'Kubernetes', hint: 'Its Lease objects, not the etcd of its control plane' },
      { id: 'sql', label: 'PostgreSQL or MySQL', hint: 'One primary server' },
      { id: 'redis', label: 'Redis or Valkey', hint: 'With or without a replica' },
      { id: 'etcd', label: 'etcd or Consul', hint: 'A cluster of your own' },
      { id: 'zookeeper', label: 'ZooKeeper', hint: 'Often there already, beside HBase or an older Kafka' },
      { id: 'spanner', label: 'Spanner', hint: 'Or another database with multi-region transactions' },
      { id: 'other', label: 'None of these', hint: 'You would add something' },
    ],
  },
];

const onlyWasteful =
  'It only saves work. What decides is a conditional put of the manifest, so a second run costs time and no data.';

export const wizard: Tree = {
  questions,
  candidates: [
    doNothing,
    uniqueRun,
    conditionalUpdate,
    escrow,
    uniqueConstraint,
    atomicCounter,
    idempotencyKey,
    conditionalPut,
    reservation,
    selectForUpdate,
    serializable,
    spanner,
    homeRegion,
    advisoryLock,
    stateMachine,
    queue,
    bestEffortLease,
    redis,
    k8sLease,
    etcd,
    zookeeper,
    leaseRow,
    proxy,
    cutOff,
    redlock,
  ],
  practices: [
    // A lock that only saves work is practised where it is the model answer: four minutes of compaction are worth saving, and
    // something else keeps a second run from doing harm. In the other questions a second run hurts.
    {
      when: { harm: ['waste'], guarded: ['rows', 'external', 'file', 'role'] },
      question: 'file',
      useCase: 'compacting a table in object storage',
      notes: onlyWasteful,
    },
    {
      when: { harm: ['waste'], guarded: ['job'] },
      question: 'file',
      useCase: 'a compaction scheduled on every worker',
      notes: onlyWasteful,
    },
    // One key for two requests that are the same is a payment's question, whatever the key guards.
    {
      when: { refuse: ['repeat'], guarded: ['rows', 'external', 'counter'] },
      question: 'payments',
      useCase: 'a request that may come twice',
    },
    {
      when: { refuse: ['condition'], guarded: ['external'] },
      question: 'file',
      useCase: 'changing a record that another service keeps',
    },
    { when: { scope: ['outside'] }, question: 'payments', useCase: 'an order that also calls another service' },
    { when: { guarded: ['rows'] }, question: 'booking', useCase: 'booking a seat' },
    { when: { guarded: ['external'] }, question: 'payments', useCase: 'charging a card' },
    { when: { guarded: ['role'] }, question: 'leader', useCase: 'electing one leader' },
    { when: { guarded: ['job'] }, question: 'cron', useCase: 'a job scheduled on every instance' },
    { when: { guarded: ['counter'] }, question: 'rate-limit', useCase: 'limiting requests per minute' },
    { when: { guarded: ['file'] }, question: 'file', useCase: 'updating one shared file' },
    {
      when: {},
      // The one question in which a few too many do no harm.
      question: 'rate-limit',
      useCase: 'limiting requests per minute',
    },
  ],
};
