// “Set a long TTL to be safe” is one of the three mistakes. It makes the expiry under a live holder rarer and every crash dearer:
// the lock of a dead holder stays as long as it was asked for. With a short lease that is renewed nobody waits for so long, and a
// test says so.
import type { Choices, Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const longLease: Choices = {
  ...PLAIN,
  ttl: 300,
  within: 100,
  options: { retry: [40, 40] },
  faults: [{ kind: 'crash', atMost: 1, target: 'A' }],
};

export const longTtl: Scenario = standard(longLease, {
  id: 'long-ttl',
  title: 'A long TTL, to be safe',
  lesson: 'three-mistakes',
  point: 'A dies right after it got a lock of 300 ms, and after 100 ms B still waits for a lock that nobody uses.',
  expect: { 'nobody-stuck': 'violated', 'one-believer': 'holds', 'somebody-finishes': 'holds' },
  states: 193,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 300',
    'deliver B→redis: SET lock B1 NX PX 300',
    'deliver redis→B: nil',
    'crash A',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 300',
    'deliver redis→B: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 300',
    'deliver redis→B: nil',
    'timer B: ask again',
  ],
});
