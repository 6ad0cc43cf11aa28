// Scripts for ZooKeeper: what three sessions may do to the nodes of one folder, drawn at random, for the simulated and the real
// server alike. Each script has a folder of its own, so several can run on one server.
import fc from 'fast-check';

export const SESSIONS = 3;

export type Step =
  | { readonly act: 'open' | 'close' | 'children'; readonly session: number }
  /** Ephemeral and sequential. */
  | { readonly act: 'create'; readonly session: number; readonly name: string }
  /** `node` counts the nodes of the script in the order of their creation, from the last one back; some are gone by now. */
  | { readonly act: 'exists'; readonly session: number; readonly node: number; readonly watch: boolean }
  | { readonly act: 'delete'; readonly session: number; readonly node: number }
  /** It is cut off until its session has ended, and then asks. */
  | { readonly act: 'lapse'; readonly session: number };

const session = fc.nat(SESSIONS - 1);
const node = fc.nat(3);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ act: fc.constant('open' as const), session }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('close' as const), session }) },
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('create' as const), session, name: fc.constantFrom('a-', 'b-') }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('children' as const), session }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('exists' as const),
      session,
      node,
      watch: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('delete' as const), session, node }) },
);

const opening = fc
  .subarray([...Array(SESSIONS).keys()], { minLength: 2 })
  .map((sessions) => sessions.map((session): Step => ({ act: 'open', session })));

const some = (maxLength: number) => fc.array(step, { maxLength, size: 'max' });

/** No session ends but by being closed. */
export const timeless = fc.tuple(opening, some(25)).map(([open, steps]): readonly Step[] => [...open, ...steps]);

/** One session lapses, at best with a node that another one watches, and a third one that closes its session watched too. */
export const timed = fc.tuple(some(8), session, some(8)).map(([before, lapsing, after]): readonly Step[] => {
  const watching = (lapsing + 1) % SESSIONS;
  const closing = (lapsing + 2) % SESSIONS;
  return [
    ...[lapsing, watching, closing].map((session): Step => ({ act: 'open', session })),
    ...before,
    { act: 'create', session: lapsing, name: 'a-' },
    ...[watching, closing].map((session): Step => ({ act: 'exists', session, node: 0, watch: true })),
    { act: 'close', session: closing },
    { act: 'lapse', session: lapsing },
    ...after,
  ];
});
