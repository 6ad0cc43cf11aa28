// Fencing: who could check a token, where it would come from, and what is left when nobody checks. A token that is
// claimed but cannot be compared by anybody is the graver mistake, because it sounds safe.

import { says } from './mentions.ts';
import type { Given, Rule } from './rule.ts';
import { lockWords } from './template.ts';

const claimed = ({ blanks }: Given) => blanks.fencing === 'writes' || blanks.fencing === 'seal';
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const isRedis = ({ blanks }: Given) => blanks.lock === 'redis' || blanks.lock === 'redlock';

export const fencingRules: readonly Rule[] = [
  {
    id: 'fencing-blank',
    field: 'fencing',
    severity: 'weak',
    lesson: 'fencing',
    missing: true,
    check: ({ kind, blanks, facts }) => {
      // A transaction that covers the data refuses the late write itself; elsewhere its holder can act after its end.
      const canOutlive = kind === 'lease' || kind === 'order' || (kind === 'transaction' && !facts.transactional);
      if (!canOutlive || blanks.fencing !== null) return null;
      return {
        finding:
          kind === 'order'
            ? 'You do not say what happens to a consumer that pauses, loses its key to another and wakes up.'
            : 'You do not say what happens to a holder that pauses, loses the lock and wakes up.',
        why: 'Everything that ends by itself has this hole. Say who refuses the late write: a token check, the resource itself, or nobody.',
      };
    },
  },
  {
    id: 'no-fencing',
    field: 'fencing',
    severity: 'wrong',
    lesson: 'fencing',
    check: ({ kind, blanks, facts, resource, backstop }) => {
      if (kind !== 'lease' || blanks.fencing !== 'none' || !facts.correctness || backstop) return null;
      return facts.checksToken
        ? {
            finding: `Without fencing, ${resource} takes the late write of a holder that has already lost the lock.`,
            why: 'A pause longer than the TTL, or one slow packet, is enough. The resource can compare a token, so let it.',
          }
        : {
            finding: 'You leave out fencing and put nothing in its place.',
            why: `It is true that ${resource} cannot check a token. Then say so, and say what makes a second request harmless: usually an idempotency key or a unique record.`,
          };
    },
  },
  {
    id: 'lease-alone',
    field: 'fencing',
    severity: 'wrong',
    lesson: 'fencing',
    check: ({ kind, blanks, facts, backstop }) =>
      kind === 'lease' && blanks.fencing === 'not-needed' && facts.correctness && !backstop
        ? {
            finding: 'You call fencing unnecessary and do not say which check in the resource replaces it.',
            why: 'Consensus keeps the record of the lock consistent, not the actions of its holder. In a Jepsen test etcd locks lost acknowledged updates while its keys were correct.',
          }
        : null,
  },
  {
    id: 'fencing-uncheckable',
    field: 'fencing',
    severity: 'wrong',
    lesson: 'fencing',
    check: (given) =>
      claimed(given) && !given.facts.checksToken
        ? {
            finding: `${capitalised(given.resource)} does not compare fencing tokens, so yours protects nothing there.`,
            why: 'Fencing is enforced by the resource. Where nobody checks (a card charge, an e-mail), make the request itself repeatable without harm.',
          }
        : null,
  },
  {
    id: 'fencing-possible',
    field: 'fencing',
    severity: 'weak',
    lesson: 'fencing',
    check: ({ blanks, facts, resource }) =>
      blanks.fencing === 'not-possible' && facts.checksToken
        ? {
            finding: `${capitalised(resource)} could check a token.`,
            why: 'It can compare and write in one atomic step, for instance with a condition on a stored token, and that is all that fencing asks for.',
          }
        : null,
  },
  {
    id: 'token-without-grant',
    field: 'fencing',
    severity: 'weak',
    lesson: 'alternatives',
    check: (given) =>
      claimed(given) && given.facts.checksToken && (given.kind === 'own-check' || given.kind === 'nothing')
        ? {
            finding: 'A fencing token is handed out with a grant, and here nothing is granted.',
            why: 'The check that you chose already refuses the late or second request. Choose “not needed” and say why.',
          }
        : null,
  },
  {
    id: 'redis-token',
    field: 'fencing',
    severity: 'weak',
    lesson: 'fencing',
    check: (given) =>
      claimed(given) && given.facts.checksToken && isRedis(given)
        ? {
            finding:
              given.blanks.lock === 'redlock'
                ? 'Redlock hands out no ordered token: its value is random, and there is no shared counter over five masters.'
                : 'Redis hands out no ordered token, and an INCR counter is only as durable as that Redis.',
            why: 'After a failover, a restore or an eviction the counter can go back. Then the resource refuses the rightful holder, or takes two holders for one. ZooKeeper has zxids and etcd has revisions.',
          }
        : null,
  },
  {
    id: 'k8s-token',
    field: 'fencing',
    severity: 'weak',
    lesson: 'fencing',
    check: (given) =>
      claimed(given) &&
      given.facts.checksToken &&
      given.blanks.lock === 'k8s-lease' &&
      !says(given.text, /epoch|generation|sequence|counter/i)
        ? {
            finding:
              'You do not say where the epoch comes from: leader election in client-go hands out no fencing token.',
            why: 'Its own comment says that it does not fence, and its count of transitions need not rise when the same identity takes the Lease again. Raise an epoch of your own with a conditional write, and send it with each command.',
          }
        : null,
  },
  {
    id: 'token-gap',
    field: 'fencing',
    severity: 'weak',
    lesson: 'fencing',
    check: ({ kind, blanks, facts, text, backstop }) =>
      kind === 'lease' &&
      blanks.fencing === 'writes' &&
      facts.checksToken &&
      facts.correctness &&
      !backstop &&
      !says(text, /\bseal|install/i)
        ? {
            finding: 'A check on writes alone refuses the old token only after the resource has seen the new one.',
            why: 'If the new holder reads first and the old one writes next, that write is accepted and then lost. Seal: install the new token at the resource before reading from it.',
          }
        : null,
  },
  {
    id: 'fenced',
    field: 'fencing',
    severity: 'good',
    lesson: 'fencing',
    check: (given) => {
      if (!claimed(given) || !given.facts.checksToken || given.kind === 'own-check' || given.kind === 'nothing')
        return null;
      const token =
        given.blanks.lock === null ? 'The token' : capitalised(lockWords[given.blanks.lock].token ?? 'the token');
      return {
        finding: `You say who refuses the late write: ${given.resource}, not the lock service.`,
        why: `${token} must rise with every grant, and the resource must compare and write in one atomic step and keep the highest token durably.`,
      };
    },
  },
  {
    id: 'fencing-honest',
    field: 'fencing',
    severity: 'good',
    lesson: 'fencing',
    check: ({ blanks, facts, resource }) =>
      blanks.fencing === 'not-possible' && !facts.checksToken
        ? {
            finding: `You say plainly that ${resource} cannot check a token.`,
            why: 'Interviewers hear “fencing tokens” offered for card charges and e-mails all the time. Knowing where they do not help is the stronger answer.',
          }
        : null,
  },
  {
    id: 'fencing-unneeded',
    field: 'fencing',
    severity: 'good',
    lesson: 'alternatives',
    check: ({ kind, blanks, facts, backstop }) => {
      if (blanks.fencing !== 'not-needed') return null;
      const inOneTransaction = kind === 'transaction' && facts.transactional;
      if (kind === null || kind === 'order' || (kind === 'transaction' && !facts.transactional)) return null;
      if ((kind === 'lease' || kind === 'nothing') && !backstop) return null;
      return {
        finding: inOneTransaction
          ? 'Lock and data commit together, so a late holder has nothing left to write with.'
          : 'The check in the resource also refuses a late request, so no token is needed.',
        why: inOneTransaction
          ? 'An aborted session cannot commit. That holds for data in this database only, not for calls that leave it.'
          : 'It decides in one atomic step at the moment of the write, whoever comes and however late.',
      };
    },
  },
];
