// `lab list`: everything that can be named in the other commands.
import { scenarios } from '#content/scenarios/index.ts';
import { backends, faultKinds, properties } from '#lib/lock/index.ts';
import type { Flags, Print } from '../flags.ts';

export function list({ json }: Flags, print: Print): void {
  const all = {
    scenarios: scenarios.map(({ id, title, backend, expect }) => ({ id, title, lock: backend, expect })),
    locks: Object.values(backends).map(({ id, title }) => ({ id, title })),
    faults: faultKinds,
    properties: properties.map(({ id, title, kind }) => ({ id, title, kind })),
  };
  if (json) {
    print(JSON.stringify(all, null, 2));
    return;
  }
  print('Scenarios');
  for (const { id, title } of all.scenarios) print(`  ${id.padEnd(26)} ${title}`);
  print('\nLocks');
  for (const { id, title } of all.locks) print(`  ${id.padEnd(26)} ${title}`);
  print('\nProperties');
  for (const { id, title } of all.properties) print(`  ${id.padEnd(26)} ${title}`);
  print(`\nFaults\n  ${faultKinds.join(', ')}`);
}
