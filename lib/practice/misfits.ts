// What does not fit a use case although it is no lock or holds only inside the database: one table, read by two rules, one for
// each severity. What is not listed fits, or has a rule of its own.

import { says } from './mentions.ts';
import type { Given } from './rule.ts';
import type { LockId, UseCaseId } from './template.ts';

type Misfit = {
  readonly severity: 'wrong' | 'weak';
  readonly finding: string;
  readonly why: string;
  /** Words that show that the answer has thought of it. */
  readonly unless?: RegExp;
};

const idempotent = /idempoten/i;

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
    advisory: {
      severity: 'weak',
      finding: 'The seat has a row that every buyer must touch, and an advisory lock binds only code that asks for it.',
      why: 'One forgotten code path sells the seat again. A condition on the row, or a row lock, holds for everybody.',
      unless: /\bno (single )?row\b|without a row/i,
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

export function misfit({ blanks, facts, text }: Given, severity: 'wrong' | 'weak') {
  const found = blanks.lock === null ? undefined : misfits[facts.useCase][blanks.lock];
  if (found === undefined || found.severity !== severity) return null;
  return found.unless !== undefined && says(text, found.unless) ? null : { finding: found.finding, why: found.why };
}
