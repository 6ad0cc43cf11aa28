// The choice itself: does it fit this use case? Alternatives come before locks, a lock alone is not the answer where a
// retry or a second schedule repeats the work, and a lease may save work even where something else decides.

import { misfit } from './misfits.ts';
import type { Given, Rule } from './rule.ts';

/** A serializable transaction is no lock, but what a lock does not do it does not do either. */
const mean = ({ blanks }: Given) => (blanks.lock === 'serializable' ? 'a transaction' : 'a lock');
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

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
            finding: `A limiter needs an atomic counter, not ${mean(given)}.`,
            why: 'It puts every request of a customer in line, or makes them retry, and adds a way to fail. One increment with its expiry, in one step, counts exactly.',
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
            finding: `${capitalised(mean(given))} alone can run the job twice: a short job is over when a host whose clock is behind begins.`,
            why: 'Name the run by job and scheduled time, and let a unique row decide. It is still there when the lock is free again.',
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
            finding: `${capitalised(mean(given))} does not stop a double charge: crash after the charge and before the record, and the retry charges again.`,
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
    check: ({ blanks, kind, facts, resource, backstop }) => {
      if (kind !== 'transaction' || facts.transactional || facts.useCase === 'rate-limit' || backstop) return null;
      return blanks.lock === 'serializable'
        ? {
            finding: `The transaction does not cover ${resource}, so an abort takes nothing back there.`,
            why: 'The database sees conflicts between its own rows only, and a retried transaction does the work outside again.',
          }
        : {
            finding: `The transaction does not cover ${resource}, so lock and effect do not commit together.`,
            why: 'A lost connection ends the lock while the work outside goes on, and a lock held through a long call keeps a connection busy.',
          };
    },
  },
  {
    id: 'advisory-scope',
    field: 'lock',
    severity: 'weak',
    lesson: 'options',
    check: ({ blanks, text }) =>
      blanks.lock === 'advisory' && !/transaction|xact/i.test(text)
        ? {
            finding: 'You do not say whether the advisory lock belongs to the transaction or to the session.',
            why: 'Prefer pg_advisory_xact_lock, which ends with the transaction. A session lock survives a rollback, and behind a pooler that hands out connections by transaction the next statement may not have it.',
          }
        : null,
  },
  {
    id: 'serializable-retry',
    field: 'lock',
    severity: 'weak',
    lesson: 'alternatives',
    check: ({ blanks, text }) =>
      blanks.lock === 'serializable' && !/\bretr(y|ies|ied)|again|40001/i.test(text)
        ? {
            finding: 'One of two conflicting transactions is aborted, and you do not say what happens to it.',
            why: 'Retrying is part of the design: the whole transaction again, from its first read, with nothing sent outside before the commit.',
          }
        : null,
  },
  {
    id: 'lease-row-clock',
    field: 'lock',
    severity: 'weak',
    lesson: 'leases',
    check: ({ blanks, text }) =>
      blanks.lock === 'lease-row' && !/clock|\bnow\(\)|current_timestamp/i.test(text)
        ? {
            finding: 'You do not say whose clock decides that the lease row has expired.',
            why: 'Application servers disagree about the time. Compare the expiry with the database’s clock, in the same conditional update that takes the lease over.',
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
    check: ({ blanks, kind, facts }) =>
      kind === 'transaction' && facts.transactional
        ? {
            finding:
              blanks.lock === 'serializable'
                ? 'Reading, deciding and writing are one transaction, and the database finds the conflict.'
                : 'Lock and data are in one transaction, so they stand or fall together.',
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
    id: 'granted-by-the-row',
    field: 'lock',
    severity: 'good',
    lesson: 'decide',
    check: (given) =>
      given.blanks.lock === 'lease-row' &&
      given.facts.correctness &&
      given.facts.checksToken &&
      given.facts.refusal === null &&
      fenced(given)
        ? {
            finding: 'One conditional update grants and numbers the tenure, and the resource refuses an older one.',
            why: 'The token is as durable as the database. Add what would break it: a failover to a replica that lags can bring an old token back.',
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
