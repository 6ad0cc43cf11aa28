// Does a property hold in a state? Asked for each new state, so the answer is remembered for what a property may look at: what
// its observer knows, the budgets, and whether the run has ended. A property that looks further (at nodes or at pending
// things) is noticed when it does, and is asked each time.
import type { Property, World } from '../types.ts';
import { OBSERVED, pendingFrom, REST, unpack } from './pack.ts';
import type { Parts } from './parts.ts';
import { newRow, newRows, note, put, type Row, setNote, stretch } from './rows.ts';

const HOLDS = 1;
const FAILS = 2;
const ASK = 3;

export function judgeOf(parts: Parts, property: Property): (row: Row) => boolean {
  const answers = newRows();
  const key = newRow();
  const ask = (row: Row): { readonly holds: boolean; readonly looked: boolean } => {
    const world = unpack(parts, row);
    let looked = false;
    const watched: World = {
      ...world,
      get nodes() {
        looked = true;
        return world.nodes;
      },
      get pending() {
        looked = true;
        return world.pending;
      },
    };
    const holds = property.holds(world.observed[property.id] ?? null, watched, world.pending.length === 0);
    return { holds, looked };
  };
  return (row) => {
    const cells = stretch(key, 3);
    cells[0] = row.cells[OBSERVED]!;
    cells[1] = row.cells[REST]!;
    cells[2] = row.length === pendingFrom(parts) ? 1 : 0;
    const place = put(answers, key);
    const answer = place < 0 ? note(answers, -place, 0) : ASK;
    if (answer !== ASK) return answer === HOLDS;
    const { holds, looked } = ask(row);
    setNote(answers, Math.abs(place), 0, looked ? ASK : holds ? HOLDS : FAILS);
    return holds;
  };
}
