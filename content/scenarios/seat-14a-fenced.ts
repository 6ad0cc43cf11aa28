// The same pause, and a store that compares the token of each write with the highest it has seen: one ticket.
// The claim is for a pause of this length. A shorter one, which lets A's write in between B's look and B's write, still sells the
// seat twice, since the store has not seen B's token by then; a test says so, and two-pauses-fence-writes is about that gap.
import type { Scenario } from '#lib/lock/index.ts';
import { seat14aPaused } from './seat-14a-paused.ts';

export const seat14aFenced: Scenario = {
  ...seat14aPaused,
  id: 'seat-14a-fenced',
  title: 'Seat 14A, the token is checked',
  point:
    'After a pause of 60 ms the store has seen token 2 from B and refuses A’s write with token 1; an earlier write could still slip through.',
  outcomes: { ...seat14aPaused.outcomes, refused: 'no ticket: token too old' },
  resource: 'writes',
  expect: { 'no-double-effect': 'holds', 'no-stale-write': 'holds', 'one-believer': 'violated' },
  states: 12_155,
  script: [...(seat14aPaused.script ?? []), 'deliver store→A: refused: token 1 < 2'],
};
