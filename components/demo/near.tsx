'use client';
// A demo that costs nothing until it is near. The server renders it to its first picture; the page keeps that as it came, as a
// picture with real text and links, and fetches the demo itself, with the one lock that it runs on, when the reader comes near
// or touches it. The two are the same markup, so nothing jumps; what was focused, unfolded or pressed meanwhile is taken over.
// Not by React's own lazy hydration: a boundary of a large page is sent apart from its place and put there by a script.
import {
  type ComponentType,
  lazy,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { BackendId } from '#lib/lock/index.ts';
import type { TunedProps } from './demo-tuned.tsx';
import type { DemoProps } from './demo-view.tsx';
import type { Predicting } from './prediction-demo.tsx';

const NEAR = '600px 0px';

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
  const left = useRef<Left | null>(null);
  const pressed = useRef<number | null>(null);
  const asked = useRef(false);
  const wanted = useRef(needs);

  const load = useCallback(() => {
    if (asked.current) return;
    asked.current = true;
    setFailed(false);
    open(wanted.current).then(
      (Body) => {
        if (holder.current) left.current = leftIn(holder.current);
        setLive(() => Body);
      },
      () => {
        asked.current = false;
        setFailed(true);
      },
    );
  }, []);

  const here = LiveDemo !== null;
  useEffect(() => {
    const box = holder.current;
    if (here || !box) return;
    // Reached by a link there is no picture from the server to look at meanwhile.
    if (eager || !fromServer) return load();
    const watch = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && load(), {
      rootMargin: NEAR,
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [here, eager, fromServer, load]);

  useLayoutEffect(() => {
    if (!here || !holder.current || !left.current) return;
    takeOver(holder.current, left.current, pressed.current);
    left.current = null;
  }, [here]);

  if (typeof window === 'undefined') {
    return <div>{kindOf(props) === 'tuned' ? <FirstTuned {...props} /> : <First {...props} />}</div>;
  }
  if (LiveDemo) {
    return (
      <div ref={holder}>
        <LiveDemo {...props} />
      </div>
    );
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
  return (
    <>
      {fromServer ? (
        <div
          ref={holder}
          {...touched}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: React keeps what the server has put there
          dangerouslySetInnerHTML={{ __html: '' }}
        />
      ) : (
        <div ref={holder} className="min-h-96" />
      )}
      {failed && <p role="status">The demo did not load. Press it to try again.</p>}
    </>
  );
}

/** What a reader had done to the picture before the demo took its place. */
type Left = {
  readonly focus: number;
  readonly open: readonly number[];
  readonly chosen: readonly number[];
  readonly turned: readonly (readonly [field: number, value: string])[];
};

function handles(box: Element): readonly Element[] {
  return [...box.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')];
}

function choices(box: Element): readonly HTMLInputElement[] {
  return [...box.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')];
}

/** What can be turned: a list to choose from, or a slider. */
type Field = HTMLSelectElement | HTMLInputElement;

function fields(box: Element): readonly Field[] {
  return [...box.querySelectorAll<Field>('select, input[type=range]')];
}

function valueFromServer(field: Field): string {
  if (field instanceof HTMLInputElement) return field.defaultValue;
  const options = [...field.options];
  return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? '';
}

/** React hears of a value only if it was set behind its back, and then of the event that a hand would have caused. */
function turnTo(field: Field, value: string): void {
  const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLSelectElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLInputElement ? 'input' : 'change', { bubbles: true }));
}

function leftIn(box: Element): Left {
  return {
    focus: document.activeElement ? handles(box).indexOf(document.activeElement) : -1,
    open: [...box.querySelectorAll('details')].flatMap(({ open }, at) => (open ? [at] : [])),
    chosen: choices(box).flatMap(({ checked, defaultChecked }, at) => (checked && !defaultChecked ? [at] : [])),
    turned: fields(box).flatMap((field, at) =>
      field.value === valueFromServer(field) ? [] : [[at, field.value] as const],
    ),
  };
}

function takeOver(box: Element, { focus, open, chosen, turned }: Left, pressed: number | null): void {
  const folds = [...box.querySelectorAll('details')];
  for (const at of open) folds[at]?.setAttribute('open', '');
  for (const at of chosen) choices(box)[at]?.click();
  const before = handles(box);
  (before[focus] as HTMLElement | undefined)?.focus({ preventScroll: true });
  // All of them found first: one that is turned may put others beside itself.
  const found = fields(box);
  for (const [at, value] of turned) if (found[at]) turnTo(found[at], value);
  if (pressed !== null) (before[pressed] as HTMLElement | undefined)?.click();
}
