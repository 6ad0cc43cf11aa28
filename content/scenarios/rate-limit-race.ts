// A rate limiter that reads, adds and writes back. Two requests read the same number, so one of them is never counted. The cure is
// no lock but one atomic step (INCR), in which nobody reads anything that could grow old.
import type { Program, Scenario } from '#lib/lock/index.ts';
import { quietNetwork } from './programs/increment.ts';

const request: Program = {
  name: 'count a request',
  lines: [
    { text: "const n = await cache.get('customer:7');", run: { op: 'read' } },
    { text: "await cache.set('customer:7', n + 1);", run: { op: 'write' } },
  ],
};

export const rateLimitRace: Scenario = {
  ...quietNetwork,
  id: 'rate-limit-race',
  title: 'A rate limiter that forgets a request',
  lesson: 'use-cases',
  point: 'Both servers read the same count and write the same number back, so one of the two requests is not counted.',
  backend: 'none',
  clients: { A: request, B: request },
  groups: { 'server 1': ['A'], 'server 2': ['B'] },
  outcomes: { done: 'let through' },
  options: {},
  resource: 'none',
  network: [1, 2],
  faults: [],
  expect: { 'no-lost-update': 'violated' },
  bounds: { timing: 'every-ms' },
  states: 77,
  script: [
    'A: read',
    'B: read',
    'deliver A→store: read',
    'deliver B→store: read',
    'deliver store→A: value 0',
    'deliver store→B: value 0',
    'A: write',
    'B: write',
    'deliver A→store: write 1',
    'deliver B→store: write 1',
  ],
};
