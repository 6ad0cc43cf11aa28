// Looks at every schedule of a level, away from the page: to answer a claim that it holds, to say what the next move is, or to see
// whether a repair is one.
import { adviceFor } from '#content/levels/judgement.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { choicesWith } from '#content/levels/repair.ts';
import { judgeWith } from '#content/levels/repair-judgement.ts';
import {
  boundsOf,
  compile,
  explore,
  loadBackend,
  type PropertyId,
  type Scenario,
  type Verdict,
  verdictWords,
} from '#lib/lock/index.ts';
import type { LevelNews, LevelOrder } from './level-protocol.ts';

const REPORT_EVERY_MS = 80;

const tell = (news: LevelNews) => postMessage(news);

addEventListener('message', async ({ data }: MessageEvent<LevelOrder>) => {
  const lock = data.ask === 'repair' ? choicesWith(data.level, data.picks).lock : data.level.scenario.backend;
  try {
    await loadBackend(lock);
  } catch {
    return tell({ kind: 'failed', why: 'The lock could not be fetched. Check your connection and try again.' });
  }
  switch (data.ask) {
    case 'holds':
      return tell(claimed(data.level));
    case 'advice':
      return tell({ kind: 'advice', advice: adviceFor(data.level, data.script) });
    case 'repair':
      return tell({ kind: 'repair', judged: judgeWith(toTheEnd, data.level, data.picks) });
  }
});

function claimed({ scenario, breaks }: BreakLevel): LevelNews {
  const verdict = toTheEnd(scenario, breaks);
  if (verdict.kind === 'violated') return { kind: 'breaks' };
  return { kind: verdict.kind, words: verdictWords(verdict, 'always') };
}

/** A search that says how far it is. */
function toTheEnd(scenario: Scenario, property: PropertyId): Verdict {
  const search = explore(compile(scenario), property, boundsOf(scenario));
  let told = performance.now();
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
    if (performance.now() - told < REPORT_EVERY_MS) continue;
    told = performance.now();
    tell({ kind: 'progress', progress: next.value });
  }
}
