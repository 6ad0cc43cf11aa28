// The words of the reason: the sayings that an interviewer takes apart. What a learner writes is read only for these
// few things; a rule stays silent when the sentence denies the saying ("a heartbeat does not stop a pause").

import { claims, says } from './mentions.ts';
import type { Given, Rule } from './rule.ts';

const failover =
  /fail(s|ed|ing)?[ -]?over|replica|promot|(primary|master|node|redis) (dies|crash|fails|goes|is lost)|lose(s)? (the|a) (key|lock)/i;
const spokenTtl = /\bttl\b|expir|\blease/i;
const spokenFencing = /fenc|\btokens?\b/i;

/** Which of the three things a Redis answer must mention are there, in the blanks or in words. */
function redisMentions({ blanks, text, backstop }: Given) {
  return {
    ttl: blanks.ttlSeconds !== null || says(text, spokenTtl),
    failover: failover.test(text),
    fencing: (blanks.fencing !== null && blanks.fencing !== 'none') || spokenFencing.test(text) || backstop,
  };
}

export const wordRules: readonly Rule[] = [
  {
    id: 'reason-blank',
    field: 'reason',
    severity: 'weak',
    lesson: 'answer-template',
    missing: true,
    check: ({ blanks }) =>
      blanks.reason.trim() === ''
        ? {
            finding: 'You give no reason.',
            why: 'The reason is what is graded: what breaks without it, and whether a second effect does harm or only wastes work.',
          }
        : null,
  },
  {
    id: 'just-setnx',
    field: 'reason',
    severity: 'wrong',
    lesson: 'three-mistakes',
    check: (given) => {
      if (given.blanks.lock !== 'redis' || given.blanks.reason.trim() === '') return null;
      const heard = redisMentions(given);
      if (heard.ttl || heard.failover || heard.fencing) return null;
      return {
        finding: 'This is “just use SETNX”: no TTL, no word on failover, no word on a holder that wakes up late.',
        why: 'Say all three. A Redis lock expires under a paused holder, and a failover can forget it because replication is asynchronous.',
      };
    },
  },
  {
    id: 'failover-unsaid',
    field: 'reason',
    severity: 'weak',
    lesson: 'options',
    check: (given) => {
      if (given.blanks.lock !== 'redis' || given.blanks.reason.trim() === '') return null;
      const heard = redisMentions(given);
      if (heard.failover || !(heard.ttl || heard.fencing)) return null;
      return {
        finding: 'You do not say what happens to the lock when Redis fails over.',
        why: 'Replication is asynchronous: the promoted replica may not have the key, and then a second client gets the lock. Say what that costs here.',
      };
    },
  },
  {
    id: 'setnx-command',
    field: 'reason',
    severity: 'weak',
    lesson: 'options',
    check: ({ text }) =>
      says(text, /\bsetnx\b/i)
        ? {
            finding: 'SETNX is the deprecated command, and it sets no expiry.',
            why: 'Say SET key unique-value NX PX 30000: one step that takes the lock, marks it as yours and lets it expire. SETNX and then EXPIRE leaves a gap for a crash.',
          }
        : null,
  },
  {
    id: 'bare-delete',
    field: 'reason',
    severity: 'weak',
    lesson: 'options',
    check: ({ text }) =>
      says(text, /\bDEL\b|\bdeletes? (the|its) (key|lock)\b/) &&
      !/compare|unique|own value|script|lua|only if/i.test(text)
        ? {
            finding: 'A bare delete may remove the lock of the next holder.',
            why: 'After an overrun the key is no longer yours. Release by compare-and-delete with a value unique to this acquisition.',
          }
        : null,
  },
  {
    id: 'truetime-lock',
    field: 'reason',
    severity: 'wrong',
    lesson: 'options',
    check: ({ text, blanks }) =>
      claims(text, /true ?time['’s]* locks?\b/i) ||
      (blanks.lock === 'spanner' && claims(text, /true ?time/i) && !/timestamp|commit[ -]wait|external/i.test(text))
        ? {
            finding: 'There is no TrueTime lock.',
            why: "Spanner's locks are two-phase locking. TrueTime chooses commit timestamps, and commit wait makes their order match real time.",
          }
        : null,
  },
  {
    id: 'heartbeat-cures-pauses',
    field: 'reason',
    severity: 'wrong',
    lesson: 'leases',
    check: ({ text }) =>
      claims(
        text,
        /(heart ?beat|renew\w*|keep-?alive)\b.*\b(solv|fix|prevent|handl|protect|avoid|stop|cur(e|es)\b|cover|surviv)\w*.*\b(pauses?|gc|stalls?)\b/i,
      )
        ? {
            finding: 'A heartbeat does not cure pauses.',
            why: 'The pause stops the heartbeat together with the work. What helps is a check in the resource: fencing, or a condition on the write.',
          }
        : null,
  },
  {
    id: 'deadlock-word',
    field: 'reason',
    severity: 'weak',
    lesson: 'leases',
    check: ({ text }) =>
      claims(text, /(\bttl\b|lease|expir\w*|time-?out).*dead-?lock|dead-?lock.*(\bttl\b|lease|expir\w*|time-?out)/i)
        ? {
            finding: 'A TTL is about crashed holders, not about deadlock.',
            why: 'It bounds the outage after a crash. Two clients that take two locks in opposite order are a deadlock, and a TTL is a poor cure for that.',
          }
        : null,
  },
  {
    id: 'one-holder-belief',
    field: 'reason',
    severity: 'weak',
    lesson: 'properties',
    check: ({ text, kind, facts, blanks, backstop }) =>
      kind === 'lease' &&
      facts.correctness &&
      !backstop &&
      blanks.fencing !== 'writes' &&
      blanks.fencing !== 'seal' &&
      claims(
        text,
        /\b(guarantee|ensure|make sure|mean)\w*\b.*\b(only|exactly|at most|single) |\b(only|exactly|at most|just) one (leader|holder|process|client|node|worker|instance|server|writer|pod)\b/i,
      )
        ? {
            finding: 'The lock service names one holder, but a former holder may still act.',
            why: 'Any lock that ends by itself leaves room for a second actor, with consensus too. Who refuses the late one?',
          }
        : null,
  },
  {
    id: 'names-failure',
    field: 'reason',
    severity: 'good',
    lesson: 'answer-template',
    check: ({ blanks }) =>
      /pause|\bgc\b|crash|fail|\blate\b|stale|retr(y|ies)|twice|duplicate|second|lost|overwr|partition|clock|race|oversell/i.test(
        blanks.reason,
      )
        ? {
            finding: 'Your reason names what can go wrong.',
            why: 'A failure by name, then the check that stops it: that order is what separates a reason from a preference.',
          }
        : null,
  },
];
