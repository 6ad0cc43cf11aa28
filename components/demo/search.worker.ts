// Searches all schedules of a scenario away from the page, which stays smooth. It is told ids, imports the scenario itself, and
// is stopped by being ended: a search keeps nothing that would have to be put away.
import { searchedScenario } from '#content/scenarios/index.ts';
import { boundsOf, compile, explore } from '#lib/lock/index.ts';
import type { SearchNews, SearchOrder } from './search-protocol.ts';

const REPORT_EVERY_MS = 80;

const tell = (news: SearchNews) => postMessage(news);

addEventListener('message', ({ data }: MessageEvent<SearchOrder>) => {
  const scenario = searchedScenario(data.scenario);
  if (!scenario) return tell({ kind: 'failed', why: `There is no demo called “${data.scenario}”.` });
  const search = explore(compile(scenario), data.property, boundsOf(scenario));
  let told = performance.now();
  for (;;) {
    const next = search.next();
    if (next.done) return tell({ kind: 'verdict', verdict: next.value });
    if (performance.now() - told < REPORT_EVERY_MS) continue;
    told = performance.now();
    tell({ kind: 'progress', progress: next.value });
  }
});
