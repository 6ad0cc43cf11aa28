// Looks at every schedule of a level, away from the page: to answer a claim that it holds, or to say what the next move is.
import { adviceFor } from '#content/levels/judgement.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { boundsOf, compile, explore, loadBackend, verdictWords } from '#lib/lock/index.ts';
import type { LevelNews, LevelOrder } from './level-protocol.ts';

const REPORT_EVERY_MS = 80;

const tell = (news: LevelNews) => postMessage(news);

addEventListener('message', async ({ data }: MessageEvent<LevelOrder>) => {
  const { level } = data;
  try {
    await loadBackend(level.scenario.backend);
  } catch {
    return tell({ kind: 'failed', why: 'The lock could not be fetched. Check your connection and try again.' });
  }
  if (data.ask === 'holds') tell(judged(level));
  else tell({ kind: 'advice', advice: adviceFor(level, data.script) });
});

function judged({ scenario, breaks }: BreakLevel): LevelNews {
  const search = explore(compile(scenario), breaks, boundsOf(scenario));
  let told = performance.now();
  for (;;) {
    const next = search.next();
    if (next.done) {
      const verdict = next.value;
      if (verdict.kind === 'violated') return { kind: 'breaks' };
      return { kind: verdict.kind, words: verdictWords(verdict, 'always') };
    }
    if (performance.now() - told < REPORT_EVERY_MS) continue;
    told = performance.now();
    tell({ kind: 'progress', progress: next.value });
  }
}
