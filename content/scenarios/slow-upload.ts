// F15 of the fact sheet, as a file that is uploaded under a lock with a timeout. The check says “still mine”, and it is; but the
// upload takes longer than what is left. Bound the operation by what is left, and let the store compare tokens.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const slowUpload: Scenario = failing('F15', {
  id: 'slow-upload',
  title: 'A file uploaded past the end of the lock',
  lesson: 'properties',
  point:
    'A’s check finds a few milliseconds left, its upload takes longer, and it lands on the file that B has written.',
  does: 'append to a file',
  says: {
    acquire: "const lease = await lock.acquire('report.lock', { ttl: 30 });",
    read: "const body = await files.read('report');",
    work: 'const next = body + line;',
    write: "await files.write('report', next);",
  },
  outcomes: { done: 'stored' },
  groups: { 'writer 1': ['A'], 'writer 2': ['B'] },
  expect: { 'no-stale-write': 'violated' },
  states: 105753,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→A: OK token 1',
    'A: read',
    'deliver redis→B: nil',
    'deliver A→store: read (token 1)',
    'timer B: ask again',
    'deliver store→A: value 0 @ 23',
    'A: work',
    'A: still mine?',
    'A: write',
    'deliver B→redis: SET lock B1 NX PX 30 @ 37',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 0',
    'B: work',
    'B: still mine?',
    'B: write',
    'deliver B→store: write 1 (token 2)',
    'deliver A→store: write 1 (token 1)',
  ],
});
