// Leader election is a lease, and a lease does not stop anybody. Renewal is on, as in client-go, and the leader stops when it
// hears that it has lost; but a leader that is paused hears nothing. The library says so itself: it does not guarantee that only
// one client acts as leader. The lengths are small: 30 ms for 15 s.
import type { Choices, Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const leaders: Choices = {
  ...PLAIN,
  lock: 'kubernetes-lease',
  renew: 10,
  faults: [{ kind: 'pause', atMost: 1, target: 'A' }],
};

export const leading = {
  does: 'lead',
  says: {
    acquire: 'await election.lead({ leaseMs: 30, renewEvery: 10 });',
    read: 'const state = await storage.read(epoch);',
    work: 'const next = decide(state);',
    stillMine: 'if (election.isLeader())',
    write: 'await storage.write(next, epoch);',
    release: 'await election.stepDown();',
  },
  outcomes: { done: 'decision stored', lost: 'stops: no longer leader', refused: 'refused: epoch too old' },
  groups: { 'pod 1': ['A'], 'pod 2': ['B'] },
} as const;

export const twoLeaders: Scenario = standard(leaders, {
  ...leading,
  id: 'two-leaders',
  title: 'Two leaders at once',
  lesson: 'use-cases',
  point: 'The first leader is paused past its lease, the second is elected, and both write what they have decided.',
  expect: { 'one-believer': 'violated', 'no-stale-write': 'violated', 'no-lost-update': 'violated' },
  states: 1236,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→apiserver: get lease/lock',
    'deliver B→apiserver: get lease/lock',
    'deliver apiserver→A: 404',
    'deliver apiserver→B: 404',
    'deliver A→apiserver: create lease/lock holder A1',
    'deliver B→apiserver: create lease/lock holder B1',
    'deliver apiserver→A: 201 rv 1',
    'deliver apiserver→B: 409 already exists',
    'A: read',
    'deliver A→store: read (token 1)',
    'deliver store→A: value 0',
    'A: work',
    'A: still mine?',
    'pause A for 60 ms',
    'timer B: ask again',
    'deliver B→apiserver: get lease/lock',
    'deliver apiserver→B: 200 holder A1 rv 1',
    'timer B: ask again',
    'deliver B→apiserver: get lease/lock',
    'deliver apiserver→B: 200 holder A1 rv 1',
    'timer B: ask again',
    'deliver B→apiserver: get lease/lock',
    'deliver apiserver→B: 200 holder A1 rv 1',
    'deliver B→apiserver: update lease/lock holder B1 if rv 1',
    'deliver apiserver→B: 200 rv 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 0',
    'B: work',
    'B: still mine?',
    'B: write',
    'deliver B→store: write 1 (token 2)',
    'deliver store→B: written 1',
    'B: release',
    'deliver B→apiserver: update lease/lock holder - if rv 2',
    'deliver apiserver→B: 200 rv 3',
    'A: write',
    'timer A: alarm',
    'deliver A→store: write 1 (token 1)',
  ],
});
