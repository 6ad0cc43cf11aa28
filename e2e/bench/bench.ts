// `npm run bench`: our search beside its peers, on the same questions in the same session. Runs are interleaved, and the order
// of engines turns with each run, so that a machine that warms up or is busy for a while disfavours none of them.
// It measures and prints; what is fast enough, it does not say. Engines that disagree about a verdict make it fail.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Sample } from './engines/engine.ts';
import { engines } from './engines/index.ts';
import { questions } from './questions.ts';
import { disagreements, type Row, rowOf } from './rows.ts';
import { tableOf } from './table.ts';

const USAGE = `usage: npm run bench -- [--runs N] [--question ID]… [--engine ID]… [--json] [--page] [--help]

With --page, how a demo's page answers in Chromium while a knob is turned and while a search runs. Without,
measures each engine on each question, in a fresh process every time, and prints the median of N runs (5 unless told).
Ratios are to the engine '${engines[0].id}', on the same question in the same session.
'To the verdict' is all that one waits for from asking: starting a process and loading code, or generating and compiling, and
the search. States are not the same thing in two engines: Spin counts every tick of a millisecond, we one for each event.

questions
${questions.map(({ id, title, property }) => `  ${id.padEnd(18)} ${title}: ${property}`).join('\n')}

engines
${engines.map(({ id, title, about }) => `  ${id.padEnd(11)} ${title.padEnd(18)} ${about}`).join('\n')}`;

function refuse(why: string): never {
  console.error(`bench: ${why}; see npm run bench -- --help`);
  process.exit(2);
}

function asked() {
  try {
    const multiple = { type: 'string', multiple: true } as const;
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '5' },
        question: multiple,
        engine: multiple,
        json: { type: 'boolean', default: false },
        page: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (problem) {
    return refuse(
      String((problem as Error).message)
        .split('\n')[0]!
        .replace(/\.? .*? use '.*$/, ''),
    );
  }
}

/** Those with the ids that were asked for, in the order of the registry; all of them when none was. */
function chosen<T extends { readonly id: string }>(
  what: string,
  all: readonly T[],
  ids: readonly string[] | undefined,
) {
  const unknown = ids?.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined) refuse(`no ${what} '${unknown}', but ${all.map(({ id }) => id).join(', ')}`);
  return ids ? all.filter(({ id }) => ids.includes(id)) : all;
}

const options = asked();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
if (options.page) {
  const { benchOfPages, pageTable } = await import('./page.ts');
  const rows = await benchOfPages();
  console.log(options.json ? JSON.stringify({ rows }, null, 2) : pageTable(rows));
  process.exit(0);
}
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1 || runs > 1000) refuse(`--runs must be a whole number from 1 to 1000`);
const asking = chosen('question', questions, options.question);
const measured = chosen('engine', engines, options.engine).map((engine) => ({ engine, missing: engine.missing() }));
const present = measured.flatMap(({ engine, missing }) => (missing === null ? [engine] : []));

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, ${process.platform}`;
if (!options.json) console.log(`${machine}; median of ${runs} ${runs === 1 ? 'run' : 'runs'}`);

const rows: Row[] = [];
for (const question of asking) {
  const samples = new Map<string, Sample[]>(present.map(({ id }) => [id, []]));
  for (let run = 0; run < runs; run += 1) {
    const turn = run % Math.max(1, present.length);
    for (const engine of [...present.slice(turn), ...present.slice(0, turn)]) {
      samples.get(engine.id)?.push(await engine.ask(question));
    }
  }
  let ours: Row | null = null;
  const table: Row[] = [];
  for (const { engine, missing } of measured) {
    if (missing !== null) {
      table.push({ question: question.id, engine: engine.id, skipped: missing });
      continue;
    }
    const row = rowOf(question, engine, samples.get(engine.id) ?? [], ours);
    if (engine === engines[0]) ours = row;
    table.push(row);
  }
  rows.push(...table);
  if (!options.json) console.log(`\n${tableOf(question, engines, table)}`);
}

const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
if (options.json) console.log(JSON.stringify({ machine, runs, rows }, rounded, 2));
const split = disagreements(rows);
for (const line of split) console.error(`bench: no agreement on ${line}`);
process.exitCode = split.length > 0 ? 1 : 0;
