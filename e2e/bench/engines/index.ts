// The registry of engines: one file and one line each. The first is the one that the others are held against.
import type { Engine } from './engine.ts';
import { ours, oursWarm } from './ours.ts';
import { spinFast, spinQuick, spinShortest } from './spin.ts';

export const engines: readonly [Engine, ...Engine[]] = [ours, oursWarm, spinQuick, spinFast, spinShortest];
