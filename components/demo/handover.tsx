'use client';
// From the picture that the server sent to the demo itself. The two are the same markup, so what a reader had focused, unfolded,
// chosen, turned or pressed in the one is found again in the other by its place.
import { Component, type ReactNode, type RefObject } from 'react';
import { type Field, setByHand, valueFromServer } from '#components/ui/fields.ts';

type HandoverProps = {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly pressed: RefObject<number | null>;
  readonly done: boolean;
  readonly children: ReactNode;
};

/** A class, since only a class is asked in the last moment before the page changes, when all that the reader did has been done. */
export class Handover extends Component<HandoverProps> {
  override getSnapshotBeforeUpdate(before: HandoverProps): Left | null {
    const { box, done } = this.props;
    return done && !before.done && box.current ? leftIn(box.current) : null;
  }

  override componentDidUpdate(_before: HandoverProps, _state: unknown, left: Left | null): void {
    const { box, pressed } = this.props;
    if (left && box.current) takeOver(box.current, left, pressed.current);
  }

  override render(): ReactNode {
    return this.props.children;
  }
}

/** What a reader had done to the picture before the demo took its place. */
type Left = {
  readonly focus: number;
  readonly open: readonly number[];
  readonly chosen: readonly number[];
  readonly turned: readonly (readonly [field: number, value: string])[];
};

/** Everything in it that can be focused or pressed, in order. */
export function handles(box: Element): readonly Element[] {
  return [...box.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')];
}

function choices(box: Element): readonly HTMLInputElement[] {
  return [...box.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')];
}

/** What can be turned: a list to choose from, or a slider. */
function fields(box: Element): readonly Field[] {
  return [...box.querySelectorAll<Field>('select, input[type=range]')];
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
  for (const [at, value] of turned) if (found[at]) setByHand(found[at], value);
  if (pressed !== null) (before[pressed] as HTMLElement | undefined)?.click();
}
