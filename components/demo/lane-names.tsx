// The names of the lanes, in a gutter that stays while the picture scrolls. The name of a quorum is a button that gives each of its
// nodes a lane, and takes it away again. For a screen reader there is only that button: the picture has a label of its own.
import type { Lane } from './lanes.ts';
import type { Picture } from './layout.ts';
import { ClientSign } from './shapes.tsx';

export function LaneNames({ picture, fold }: { picture: Picture; fold?: (() => void) | undefined }) {
  const { lanes, quorum, height, axisY } = picture;
  const first = lanes.find(({ nodes }) => quorum !== null && nodes.some((id) => quorum.nodes.includes(id)));
  return (
    <div data-names="" className="sticky left-0 z-[1] w-15 shrink-0 bg-paper text-sm sm:w-20" style={{ height }}>
      <span aria-hidden="true" className="absolute top-0 right-0 bottom-0 w-px bg-line" />
      {lanes.map((lane) =>
        lane === first && quorum && fold ? (
          <FoldButton key={lane.id} lane={lane} quorum={quorum} fold={fold} />
        ) : (
          <span
            key={lane.id}
            aria-hidden="true"
            className="absolute left-0 -translate-y-1/2 leading-tight"
            style={{ top: lane.y }}
          >
            {lane.kind === 'client' ? (
              <ClientSign hue={lane.hue} id={lane.id} />
            ) : (
              <span className={`font-medium text-muted ${lane.id.length > 7 ? 'text-[0.6875rem] sm:text-sm' : ''}`}>
                {lane.id}
              </span>
            )}
          </span>
        ),
      )}
      <span aria-hidden="true" className="absolute left-0 text-[0.6875rem] text-muted" style={{ top: axisY - 7 }}>
        ms
      </span>
    </div>
  );
}

function FoldButton({ lane, quorum, fold }: { lane: Lane; quorum: NonNullable<Picture['quorum']>; fold: () => void }) {
  const { nodes, name, folded } = quorum;
  return (
    <button
      type="button"
      aria-expanded={!folded}
      aria-label={`${name}: a lane for each of the ${nodes.length} nodes`}
      onClick={fold}
      className="absolute left-0 flex w-14 -translate-y-1/2 flex-col items-start justify-center rounded-[3px] text-left leading-tight hover:bg-raised sm:w-19"
      style={{ top: lane.y, height: Math.max(44, lane.bottom - lane.top - 4) }}
    >
      <span className="font-medium text-muted">{lane.id}</span>
      <span className="mt-0.5 inline-flex items-center gap-1 text-xs whitespace-nowrap text-accent">
        <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
          <path
            d={folded ? 'M2 0.5L6 4L2 7.5' : 'M0.5 2L4 6L7.5 2'}
            fill="none"
            stroke="currentColor"
            strokeWidth={1.5}
          />
        </svg>
        {folded ? `${nodes.length} nodes` : 'fold'}
      </span>
    </button>
  );
}
