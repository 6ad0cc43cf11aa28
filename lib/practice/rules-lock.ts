// The choice itself: does it fit this use case? Alternatives come before locks, a lock alone is not the answer where a
// retry or a second schedule repeats the work, and a lease may save work even where something else decides.

import { says } from './mentions.ts';
import type { Given, Rule } from './rule.ts';
import type { LockId, UseCaseId } from './template.ts';

type Misfit = {
  readonly severity: 'wrong' | 'weak';
  readonly finding: string;
  readonly why: string;
  /** Words that show that the answer has thought of it. */
  readonly unless?: RegExp;
};

const idempotent = /idempoten/i;

/** What does not fit although it is no lock. What is not listed fits. */
const misfits: Readonly<Record<UseCaseId, Partial<Record<LockId, Misfit>>>> = {
  booking: {
    none: {
      severity: 'wrong',
      finding: 'Without any check, every request that reads before the first write sells the seat.',
      why: 'The number of requests in flight counts, not the number of servers. One condition on the write stops it.',
    },
    'idempotency-key': {
      severity: 'wrong',
      finding: 'An idempotency key stops one order from booking twice, not two customers from booking one seat.',
      why: 'Two buyers send two different keys. The seat needs a condition or a unique (flight, seat); the key belongs to the payment.',
    },
    'atomic-counter': {
      severity: 'weak',
      finding: 'A counter knows how many seats are left, not who has this one.',
      why: 'It suits countable stock. A numbered seat needs a condition on its row or a unique (flight, seat).',
    },
  },
  payments: {
    none: {
      severity: 'wrong',
      finding: 'A retry after a lost reply charges again.',
      why: 'The caller cannot tell a lost request from a lost reply. An idempotency key lets it ask again without harm.',
      unless: idempotent,
    },
    'conditional-update': {
      severity: 'weak',
      finding: 'A condition on your own row stops two workers, but not the retry after a lost reply.',
      why: 'The charge happens at the provider. Send an idempotency key with it, and keep the conditional state change beside it.',
      unless: idempotent,
    },
    'unique-constraint': {
      severity: 'weak',
      finding: 'A unique row stops a second attempt in your database, but not the second charge after a lost reply.',
      why: 'The charge happens at the provider. Send an idempotency key with it, and keep the unique (order, attempt) beside it.',
      unless: idempotent,
    },
    'atomic-counter': {
      severity: 'wrong',
      finding: 'Counting does not make a charge repeatable.',
      why: 'What repeats is a request. It needs a key by which the provider recognises it.',
    },
    queue: {
      severity: 'weak',
      finding: 'A queue orders the charges and still delivers some of them twice.',
      why: 'A consumer that crashes after the charge and before the acknowledgement gets the message again. Send an idempotency key with the charge.',
      unless: idempotent,
    },
  },
  leader: {
    none: {
      severity: 'wrong',
      finding: 'Then every node may lead.',
      why: 'Leading is a tenure with many steps. Somebody has to grant it, and the followers have to refuse an old grant.',
    },
    'conditional-update': {
      severity: 'weak',
      finding: 'One condition guards one write, and a leader does many.',
      why: 'Conditional writes can build a lease record, as a Kubernetes Lease does. Then say how long it lasts, and which epoch each command carries.',
      unless: /epoch|lease/i,
    },
    'unique-constraint': {
      severity: 'wrong',
      finding: 'A unique row elects a leader once and never lets go of a dead one.',
      why: 'A tenure needs an end: a lease that is renewed, and an epoch that rises with each leader.',
    },
    'idempotency-key': {
      severity: 'wrong',
      finding: 'Idempotency makes repeats harmless; two leaders do not repeat, they disagree.',
      why: 'Elect with a lease, and let followers and storage refuse an older epoch.',
    },
    'atomic-counter': {
      severity: 'wrong',
      finding: 'A counter gives an epoch but no leader.',
      why: 'You do need the rising number, as a fencing token. Who holds it now, and until when, is what a lease adds.',
    },
  },
  cron: {
    none: {
      severity: 'weak',
      finding: 'Without any record, every instance runs the job.',
      why: 'That is an answer only if a second run is harmless; then say so, and say why.',
      unless: /idempoten|harmless/i,
    },
    'atomic-counter': {
      severity: 'wrong',
      finding: 'A counter does not know which run this is.',
      why: 'Name the run by job and scheduled time, and let a unique row decide who does it.',
    },
    queue: {
      severity: 'weak',
      finding: 'Ten schedulers put ten messages into the queue.',
      why: 'The queue needs a name for the run, (job, scheduled time), to recognise nine of them as the same.',
      unless: /unique|dedup|idempoten|scheduled[ -]time/i,
    },
  },
  'rate-limit': {
    none: {
      severity: 'weak',
      finding: 'No lock is right, but you do not say what counts instead.',
      why: 'Reading, comparing and writing back loses increments. One atomic increment with its expiry, in one step, does not.',
      unless: /\bincr|atomic|\blua\b|bucket|counter/i,
    },
    'conditional-update': {
      severity: 'weak',
      finding: 'Compare-and-set on a hot counter spends its time on retries.',
      why: 'The store can add one by itself: an atomic increment needs no read and never has to be tried again.',
    },
    'unique-constraint': {
      severity: 'wrong',
      finding: 'A unique constraint refuses the second request; a limit refuses the hundred-and-first.',
      why: 'Counting is what is needed: one atomic increment with its expiry set in the same step.',
    },
    'idempotency-key': {
      severity: 'wrong',
      finding: 'An idempotency key recognises one request again; a limit counts different ones.',
      why: 'Counting is what is needed: one atomic increment with its expiry set in the same step.',
    },
    queue: {
      severity: 'weak',
      finding: 'One consumer per key puts every request of a customer behind the one before.',
      why: 'A limiter has to answer at once. An atomic increment decides without a line.',
    },
  },
  file: {
    none: {
      severity: 'wrong',
      finding: 'Two writers that read the same version overwrite each other.',
      why: 'The later put wins and the other is lost without an error. A conditional put (If-Match) makes the store refuse it.',
    },
    'idempotency-key': {
      severity: 'wrong',
      finding: 'An idempotency key recognises a repeated request; these are two different writers.',
      why: 'Each of them writes something new. The store has to compare versions: a conditional put.',
    },
    'atomic-counter': {
      severity: 'wrong',
      finding: 'A counter can number the versions but does not stop the second put.',
      why: 'The put itself needs the condition: this version only if the last one is still there.',
    },
  },
};

function misfit({ blanks, facts, text }: Given, severity: 'wrong' | 'weak') {
  const found = blanks.lock === null ? undefined : misfits[facts.useCase][blanks.lock];
  if (found === undefined || found.severity !== severity) return null;
  return found.unless !== undefined && says(text, found.unless) ? null : { finding: found.finding, why: found.why };
}

const holdsLock = ({ kind }: Given) => kind === 'lease' || kind === 'transaction';
const fenced = ({ blanks }: Given) => blanks.fencing === 'writes' || blanks.fencing === 'seal';

export const lockRules: readonly Rule[] = [
  {
    id: 'lock-blank',
    field: 'lock',
    severity: 'weak',
    lesson: 'decide',
    missing: true,
    check: ({ blanks }) =>
      blanks.lock === null
        ? {
            finding: 'You have not chosen anything yet.',
            why: 'Ask first whether the resource can refuse the second request by itself. If it can, you need no lock.',
          }
        : null,
  },
  {
    id: 'wrong-tool',
    field: 'lock',
    severity: 'wrong',
    lesson: 'alternatives',
    check: (given) => misfit(given, 'wrong'),
  },
  {
    id: 'half-tool',
    field: 'lock',
    severity: 'weak',
    lesson: 'alternatives',
    check: (given) => misfit(given, 'weak'),
  },
  {
    id: 'rate-limit-lock',
    field: 'lock',
    severity: 'wrong',
    lesson: 'use-cases',
    check: (given) =>
      given.facts.useCase === 'rate-limit' && holdsLock(given)
        ? {
            finding: 'A limiter needs an atomic counter, not a lock.',
            why: 'A lock puts every request of a customer in line and adds a way to fail. One increment with its expiry, in one step, counts exactly.',
          }
        : null,
  },
  {
    id: 'cron-lock-only',
    field: 'lock',
    severity: 'wrong',
    lesson: 'use-cases',
    check: (given) =>
      given.facts.useCase === 'cron' && holdsLock(given) && !given.backstop
        ? {
            finding:
              'A lock alone can run the job twice: a short job on a host whose clock is behind finds the lock free again.',
            why: 'Name the run by job and scheduled time, and let a unique row decide. It is still there after the lock is released.',
          }
        : null,
  },
  {
    id: 'payments-lock-only',
    field: 'lock',
    severity: 'wrong',
    lesson: 'use-cases',
    check: (given) =>
      given.facts.useCase === 'payments' && holdsLock(given) && !given.backstop
        ? {
            finding:
              'A lock does not stop a double charge: crash after the charge and before the record, and the retry charges again.',
            why: 'Send an idempotency key to the provider, and keep a unique row with its state in your own database. A lock can only save work here.',
          }
        : null,
  },
  {
    id: 'redis-for-correctness',
    field: 'lock',
    severity: 'wrong',
    lesson: 'options',
    check: (given) =>
      given.blanks.lock === 'redis' &&
      given.facts.correctness &&
      !given.backstop &&
      !(fenced(given) && given.facts.checksToken)
        ? {
            finding: 'A second effect does harm here, and a plain Redis lock can have two holders.',
            why: 'A failover may forget the lock, since replication is asynchronous, and without any failover a paused holder outlives its TTL. Redis may save work if something else decides.',
          }
        : null,
  },
  {
    id: 'redlock-for-correctness',
    field: 'lock',
    severity: 'wrong',
    lesson: 'redlock',
    check: (given) =>
      given.blanks.lock === 'redlock' &&
      given.facts.correctness &&
      !given.backstop &&
      !(fenced(given) && given.facts.checksToken)
        ? {
            finding: 'A second effect does harm here, and Redlock gives the resource nothing to check.',
            why: 'Its value is random, not ordered, and a pause outlives its TTL as it does with any lease. Both sides of the debate agree on the pause.',
          }
        : null,
  },
  {
    id: 'lock-by-reflex',
    field: 'lock',
    severity: 'weak',
    lesson: 'three-mistakes',
    check: (given) => {
      const { facts, kind, backstop } = given;
      // These two have rules of their own that say the same thing more exactly.
      if (facts.useCase === 'rate-limit' || facts.useCase === 'payments' || facts.useCase === 'cron') return null;
      if (facts.refusal === null || backstop || kind === null) return null;
      if (kind !== 'lease' && !(kind === 'transaction' && !facts.transactional)) return null;
      return {
        finding: `You reach for a lock, although ${facts.refusal}.`,
        why: 'Locks do not solve every concurrency problem. Say the alternative first; a lock may then save work, and the check decides.',
      };
    },
  },
  {
    id: 'row-lock-elsewhere',
    field: 'lock',
    severity: 'weak',
    lesson: 'options',
    check: ({ kind, facts, resource, backstop }) =>
      kind === 'transaction' && !facts.transactional && facts.useCase !== 'rate-limit' && !backstop
        ? {
            finding: `The transaction does not cover ${resource}, so lock and effect do not commit together.`,
            why: 'A lost connection ends the row lock while the work outside goes on, and a row lock held through a long call keeps a connection busy.',
          }
        : null,
  },
  {
    id: 'own-check',
    field: 'lock',
    severity: 'good',
    lesson: 'alternatives',
    check: ({ kind, facts, backstop }) =>
      facts.refusal !== null && (kind === 'own-check' || (kind === 'nothing' && backstop))
        ? {
            finding: `No lock, because ${facts.refusal}.`,
            why: 'There is no holder that could crash, and nothing that could expire. The check happens at the moment of the write.',
          }
        : null,
  },
  {
    id: 'one-transaction',
    field: 'lock',
    severity: 'good',
    lesson: 'options',
    check: ({ kind, facts }) =>
      kind === 'transaction' && facts.transactional
        ? {
            finding: 'Lock and data are in one transaction, so they stand or fall together.',
            why: 'A session that is gone cannot commit. Keep it short: no user and no network call inside. A conditional UPDATE is often shorter still.',
          }
        : null,
  },
  {
    id: 'lock-saves-work',
    field: 'lock',
    severity: 'good',
    lesson: 'alternatives',
    check: ({ kind, backstop, facts }) =>
      kind === 'lease' && backstop && facts.useCase !== 'rate-limit'
        ? {
            finding: 'Your lock saves work, and the check in the resource decides.',
            why: 'Say it in that order. Losing such a lock costs time, not data, so a simple one will do.',
          }
        : null,
  },
  {
    id: 'granted-and-checked',
    field: 'lock',
    severity: 'good',
    lesson: 'decide',
    check: (given) =>
      (given.blanks.lock === 'zookeeper' || given.blanks.lock === 'etcd' || given.blanks.lock === 'k8s-lease') &&
      given.facts.correctness &&
      given.facts.checksToken &&
      given.facts.refusal === null &&
      fenced(given)
        ? {
            finding: 'Consensus grants the tenure, and the resource refuses an older one.',
            why: 'That is the split to say aloud: the service keeps its record consistent, and the check in the resource keeps the data safe.',
          }
        : null,
  },
];
