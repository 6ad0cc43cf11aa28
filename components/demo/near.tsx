'use client';
// A demo that costs nothing until it is near. The server renders it to its first picture; the page keeps that as it came, as a
// picture with real text and links, and fetches the demo itself, with the one lock that it runs on, when the reader comes near
// or touches it. A page that nobody has moved yet fetches what can be seen and no more: it has enough to do. The two are the same markup, so nothing jumps; what was focused, unfolded or pressed meanwhile is taken over.
// Not by React's own lazy hydration: a boundary of a large page is sent apart from its place and put there by a script.
import {
  type ComponentType,
  lazy,
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { BackendId } from '#lib/lock/index.ts';
import type { TunedProps } from './demo-tuned.tsx';
import type { DemoProps } from './demo-view.tsx';
import { Handover, handles } from './handover.tsx';
import type { Predicting } from './prediction-demo.tsx';

const NEAR = '600px 0px';
const IN_VIEW = '0px';

/** Only the server waits for these, and sends nothing before they are there. */
const First = lazy(() => import('./open.ts').then(({ DemoBody }) => ({ default: DemoBody })));
const FirstTuned = lazy(() => import('./demo-tuned.tsx').then(({ TunedDemo }) => ({ default: TunedDemo })));

type BodyProps = DemoProps & TunedProps & { readonly predicting?: Predicting | undefined };
type Body = ComponentType<BodyProps>;
/** The two kinds of demo, once they have been fetched. */
const bodies: { plain?: Body; tuned?: Body } = {};
const readyFor = new Set<BackendId>();

const kindOf = ({ query }: BodyProps) => (query === undefined ? 'plain' : 'tuned');

type NearProps = BodyProps & {
  /** It is what the page is about, so it is fetched at once. */
  readonly eager?: boolean;
  /** Locks to have at hand beyond the demo's own: those that it may be changed to. */
  readonly locks?: readonly BackendId[];
};

function locksOf({ scenario, model, locks = [] }: NearProps): readonly BackendId[] {
  return [...new Set([scenario.backend, model?.backend ?? scenario.backend, ...locks])];
}

async function open(props: NearProps): Promise<Body> {
  const tuned = kindOf(props) === 'tuned' ? import('./demo-tuned.tsx') : null;
  const { DemoBody, makeReady } = await import('./open.ts');
  const wanted = locksOf(props);
  await makeReady(wanted);
  for (const id of wanted) readyFor.add(id);
  const body = tuned ? (await tuned).TunedDemo : DemoBody;
  bodies[kindOf(props)] = body;
  return body;
}

/** The demo, where its code has been fetched before, as on a page that was reached by a link. */
function known(props: NearProps): Body | null {
  return locksOf(props).every((id) => readyFor.has(id)) ? (bodies[kindOf(props)] ?? null) : null;
}

const never = () => () => {};
const yes = () => true;
const no = () => false;

export function NearDemo({ eager = false, locks, ...props }: NearProps) {
  const needs = { ...props, ...(locks ? { locks } : {}) };
  const hydrating = useSyncExternalStore(never, no, yes);
  const [fromServer] = useState(hydrating);
  const [LiveDemo, setLive] = useState<Body | null>(() => (hydrating ? null : known(needs)));
  const [failed, setFailed] = useState(false);
  const holder = useRef<HTMLDivElement>(null);
  const pressed = useRef<number | null>(null);
  const asked = useRef(false);
  const wanted = useRef(needs);

  const load = useCallback(() => {
    if (asked.current) return;
    asked.current = true;
    setFailed(false);
    open(wanted.current).then(
      // In slices: a long run is drawn without holding up who scrolls past it. What a page is about is drawn at once.
      (Body) => (eager ? setLive(() => Body) : startTransition(() => setLive(() => Body))),
      () => {
        asked.current = false;
        setFailed(true);
      },
    );
  }, [eager]);

  const here = LiveDemo !== null;
  useEffect(() => {
    const box = holder.current;
    if (here || !box) return;
    // Reached by a link there is no picture from the server to look at meanwhile.
    if (eager || !fromServer) return load();
    const watch = (rootMargin: string) => {
      const watcher = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && load(), {
        rootMargin,
      });
      watcher.observe(box);
      return watcher;
    };
    let watcher = watch(window.scrollY > 0 ? NEAR : IN_VIEW);
    const setOff = () => {
      watcher.disconnect();
      watcher = watch(NEAR);
    };
    window.addEventListener('scroll', setOff, { once: true, passive: true });
    return () => {
      window.removeEventListener('scroll', setOff);
      watcher.disconnect();
    };
  }, [here, eager, fromServer, load]);

  if (typeof window === 'undefined') {
    return <div data-asleep="">{kindOf(props) === 'tuned' ? <FirstTuned {...props} /> : <First {...props} />}</div>;
  }
  const touched = {
    onPointerDown: load,
    onFocus: load,
    onClickCapture: (event: React.MouseEvent) => {
      load();
      const button = (event.target as Element).closest('button');
      if (!button || !holder.current) return;
      // Not lost: it is pressed again when there is somebody to hear it.
      event.preventDefault();
      pressed.current = handles(holder.current).indexOf(button);
    },
  };
  if (LiveDemo) {
    return (
      <Handover box={holder} pressed={pressed} done>
        <div ref={holder} key="live">
          <LiveDemo {...props} />
        </div>
      </Handover>
    );
  }
  return (
    <Handover box={holder} pressed={pressed} done={false}>
      {fromServer ? (
        <div
          ref={holder}
          data-asleep=""
          {...touched}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: React keeps what the server has put there
          dangerouslySetInnerHTML={{ __html: '' }}
        />
      ) : (
        <div ref={holder} className="min-h-96" />
      )}
      {failed && <p role="status">The demo did not load. Press it to try again.</p>}
    </Handover>
  );
}
