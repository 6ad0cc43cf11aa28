// Two writers and one file, and no lock. Each replaces only the version that it has read; the store answers the other one with a
// conflict, however late it comes. The model is a row with a version column, which is what an ETag is.
import type { Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const fileIfMatch: Scenario = standard(
  { ...PLAIN, lock: 'conditional-update', faults: [{ kind: 'pause', atMost: 1, target: 'A' }] },
  {
    id: 'file-if-match',
    title: 'A file that only its latest version replaces',
    lesson: 'use-cases',
    point: 'A wakes up with an old version in its hand, and the store refuses to replace a newer one with it.',
    does: 'append to a file',
    says: {
      read: "const { body, etag } = await s3.get('report');",
      work: 'const next = body + line;',
      write: "await s3.put('report', next, { ifMatch: etag });",
    },
    outcomes: { done: 'stored', conflict: '412: the file has changed' },
    groups: { 'writer 1': ['A'], 'writer 2': ['B'] },
    expect: { 'no-lost-update': 'holds' },
    states: 125,
    script: [
      'A: read',
      'B: read',
      'deliver A→postgres: SELECT n FROM t',
      'deliver B→postgres: SELECT n FROM t',
      'deliver postgres→A: n = 0',
      'deliver postgres→B: n = 0',
      'A: work',
      'B: work',
      'pause A for 60 ms',
      'B: write',
      'deliver B→postgres: UPDATE t SET n = 1, version = version + 1 WHERE version = 0',
      'deliver postgres→B: UPDATE 1',
      'A: write',
      'deliver A→postgres: UPDATE t SET n = 1, version = version + 1 WHERE version = 0',
      'deliver postgres→A: UPDATE 0',
    ],
  },
);
