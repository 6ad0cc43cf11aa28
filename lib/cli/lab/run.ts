// `lab run`: one run, told line by line: time, who, what, token.
import {
  compile,
  natural,
  replay,
  rowsOf,
  run,
  type System,
  scriptOf,
  seeded,
  type Trace,
  traceHash,
} from '#lib/lock/index.ts';
import { type Flags, Mistake, type Print } from '../flags.ts';
import { propertiesOf, scenarioOf } from './asked.ts';

/** A run that goes on for longer is cut: somebody is waiting for ever. */
const LONGEST = 1000;
const FAULT_ODDS = 0.1;

export function runCommand(flags: Flags, print: Print): void {
  if (flags.seed !== null && flags.script !== null) throw new Mistake('--seed or --script, not both');
  const properties = propertiesOf(flags);
  const asked = scenarioOf(flags, properties[0] ?? 'no-lost-update');
  const expect = { ...asked.expect, ...Object.fromEntries(properties.map((id) => [id, 'holds' as const])) };
  const scenario = { ...asked, expect };
  const system = compile(scenario);
  const trace = traceOf(flags, system);
  if (trace.stuck) {
    const { index, label, why, offered } = trace.stuck;
    throw new Mistake(`move ${index + 1} of the script, '${label}', is ${why}; on offer: ${offered.join(' | ')}`);
  }
  const rows = rowsOf(trace, scenario);
  if (flags.json) {
    const { violations } = trace;
    const told = { scenario: scenario.id, hash: traceHash(trace), broken: violations, script: scriptOf(trace), rows };
    print(JSON.stringify(told, null, 2));
    return;
  }
  for (const { at, who, what, token, broken } of rows) {
    print(
      `${String(at).padStart(6)} ms  ${(who ?? '').padEnd(8)} ${token === null ? '   ' : `t${token}`.padEnd(3)} ${what}`,
    );
    for (const { words } of broken) print(`           ${' '.repeat(9)}    BROKEN: ${words}`);
  }
  print(`hash ${traceHash(trace)}`);
}

function traceOf({ seed, script }: Flags, system: System): Trace {
  if (script !== null) return replay(system, script);
  return run(system, seed === null ? natural() : seeded(seed, FAULT_ODDS), LONGEST);
}
