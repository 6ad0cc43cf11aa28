// Spin on the Promela model of e2e/conformance, with the numbers of the same scenario. Three ways to ask it, since what makes its
// search fast makes its C compiler slow: compiled to answer soonest, compiled to search fastest, and breadth-first, which alone
// gives a shortest counterexample as ours does.
import { askSpin, type How, settingsOf, whySpinIsMissing } from '../../conformance/spin.ts';
import type { Engine } from './engine.ts';
import { withCpu } from './processor.ts';

function spin(id: string, title: string, about: string, how: How): Engine {
  return {
    id,
    title,
    about,
    missing: whySpinIsMissing,
    async ask({ scenario, property }) {
      const { result, cpuMs } = await withCpu(() => askSpin(settingsOf(scenario, property), how));
      const { kind, states, searchMs, totalMs, peakMb, generateMs, compileMs } = result;
      return { kind, states, searchMs, totalMs, cpuMs, peakMb, before: { generate: generateMs, compile: compileMs } };
    },
  };
}

export const spinQuick = spin('spin-quick', 'Spin, gcc -O0', 'depth-first, compiled to answer soonest', {
  order: 'depth-first',
  optimise: 0,
});
export const spinFast = spin('spin', 'Spin, gcc -O2', 'depth-first, compiled to search fastest', {
  order: 'depth-first',
  optimise: 2,
});
export const spinShortest = spin('spin-bfs', 'Spin, -O2 -DBFS', 'breadth-first: the shortest counterexample, as ours', {
  order: 'breadth-first',
  optimise: 2,
});
