// `lab list`: everything that can be named in the other commands.
import { scenarios } from '#content/scenarios/index.ts';
import { backends, faultKinds, properties } from '#lib/lock/index.ts';
import type { Flags } from '../flags.ts';

export function list({ json }: Flags): void {
  const all = {
    scenarios: scenarios.map(({ id, title, backend, expect }) => ({ id, title, lock: backend, expect })),
    locks: Object.values(backends).map(({ id, title }) => ({ id, title })),
    faults: faultKinds,
    properties: properties.map(({ id, title, kind }) => ({ id, title, kind })),
  };
  if (json) {
    console.log(JSON.stringify(all, null, 2));
    return;
  }
  console.log('Scenarios');
  for (const { id, title } of all.scenarios) console.log(`  ${id.padEnd(26)} ${title}`);
  console.log('\nLocks');
  for (const { id, title } of all.locks) console.log(`  ${id.padEnd(26)} ${title}`);
  console.log('\nProperties');
  for (const { id, title } of all.properties) console.log(`  ${id.padEnd(26)} ${title}`);
  console.log(`\nFaults\n  ${faultKinds.join(', ')}`);
}
