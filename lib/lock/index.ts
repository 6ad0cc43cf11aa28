// The one public surface of the lock engine. It says what may happen to a lock and what follows from it; it never
// decides what does happen. No dependency, no clock, no chance of its own: the same files run in Node, in a page and in
// a web worker. Everything else in this folder is private to it.
export { assemble, boundsOf, start } from './assemble.ts';
export { backends, loadBackend, lockIds } from './backends/index.ts';
export { check, countStates } from './check.ts';
export {
  type Access,
  type Belief,
  type Chronicle,
  type Crash,
  chronicle,
  type Ending,
  type Lease,
  type Message,
  type Pause,
} from './chronicle.ts';
export { type Choices, type Experiment, experiment, optionsFor, USUAL } from './experiment.ts';
export type { FaultChoice } from './experiment-faults.ts';
export { explore } from './explore.ts';
export { faultKinds } from './faults/index.ts';
export { fingerprint, traceHash } from './fingerprint.ts';
export {
  type Answer,
  ASKED,
  answer,
  type Cell,
  cells,
  choicesOf,
  matrixRows,
  TROUBLES,
  type Trouble,
} from './matrix.ts';
export { type Row, rowsOf, sentence } from './narration.ts';
export { understands } from './options.ts';
export { problems } from './problems.ts';
export { programActor } from './program.ts';
export { answerOf, programState } from './program-state.ts';
export { properties, propertyById } from './properties/index.ts';
export { resourceActor } from './resource.ts';
export { labelsOf, replay, run, scriptOf, traceOf } from './run.ts';
export { natural, scripted, seeded } from './schedulers.ts';
export type * as etcd from './servers/etcd.ts';
export * as postgres from './servers/postgres-statements.ts';
export type * as redis from './servers/redis-commands.ts';
export type * as zookeeper from './servers/zookeeper.ts';
export { shrink } from './shrink.ts';
export { apply, ended, moves } from './step.ts';
export { compile } from './system.ts';
export { FOREVER } from './time.ts';
export { type Knobs, knobsOf, LIMITS, sameKnobs, settled, type Tuned, tuned } from './tuning.ts';
export type * from './types.ts';
export { count, faultWords, outcomeWords, verdictWords } from './words.ts';
