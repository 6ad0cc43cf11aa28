// F17 of the fact sheet: the job is done and the lock free again before the slower clock strikes two. Nothing fails, nobody is
// late, and no lease is too short; the lock simply says nothing about what has already happened.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const cronHosts = { 'host 1': ['A'], 'host 2': ['B'] };

export const cronTwoClocks: Scenario = failing('F17', {
  id: 'cron-two-clocks',
  title: 'A cron job, twice at two o’clock',
  lesson: 'use-cases',
  point: 'Host 1 has run the job and released the lock when the clock of host 2, which is behind, strikes two.',
  does: 'run the job of 02:00',
  says: {
    acquire: "const lease = await lock.acquire('backup', { ttl: 30 });",
    read: 'const log = await db.read(lease.token);',
    write: "await db.append('backup ran', lease.token);",
  },
  outcomes: { done: 'ran the job' },
  groups: cronHosts,
  expect: { 'no-double-effect': 'violated' },
  states: 29,
  script: [
    'A: acquire',
    'B: work',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver redis→A: OK token 1',
    'A: read',
    'deliver A→store: read (token 1)',
    'deliver store→A: value 0',
    'A: work',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'deliver store→A: written 1',
    'A: release',
    'deliver A→redis: DELEX lock IFEQ A1',
    'deliver redis→A: deleted 1',
    'B: acquire',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 1',
    'B: work',
    'B: write',
    'deliver B→store: write 2 (token 2)',
  ],
});
