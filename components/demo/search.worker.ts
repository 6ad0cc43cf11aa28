// Searches all schedules of a scenario away from the page, which stays smooth. It is told the scenario, fetches the lock that it
// runs on, and is stopped by being ended: a search keeps nothing that would have to be put away.
import { boundsOf, compile, explore, loadBackend, traceHash } from '#lib/lock/index.ts';
import type { SearchNews, SearchOrder } from './search-protocol.ts';
import { firstTrace } from './trace-of.ts';

const REPORT_EVERY_MS = 80;

const tell = (news: SearchNews) => postMessage(news);

addEventListener('message', async ({ data }: MessageEvent<SearchOrder>) => {
  try {
    await search(data);
  } catch {
    tell({ kind: 'failed' });
  }
});

async function search({ scenario, property }: SearchOrder): Promise<void> {
  await loadBackend(scenario.backend);
  const system = compile(scenario);
  tell({ kind: 'begun', hash: traceHash(firstTrace(system)) });
  const search = explore(system, property, boundsOf(scenario));
  let told = performance.now();
  for (;;) {
    const next = search.next();
    if (next.done) return tell({ kind: 'verdict', verdict: next.value });
    if (performance.now() - told < REPORT_EVERY_MS) continue;
    told = performance.now();
    tell({ kind: 'progress', progress: next.value });
  }
}
