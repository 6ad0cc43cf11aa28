'use client';
// What a reader chose or typed before the page came to life. The browser shows it, and React keeps it on the screen without knowing
// of it: the page would say one thing and do another. So it is chosen or typed once more, when there is somebody to hear it.
import { useLayoutEffect } from 'react';
import { type Field, setByHand, valueFromServer } from '#components/ui/fields.ts';

const isToggle = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');

/** A radio button that lost its mark has nothing to say: the one that has it now speaks for both. */
function wasTouched(field: Field): boolean {
  if (!isToggle(field)) return field.value !== valueFromServer(field);
  return field.checked !== field.defaultChecked && (field.checked || field.type === 'checkbox');
}

function caretIn(field: Field): readonly [number, number] | null {
  if (field instanceof HTMLSelectElement || document.activeElement !== field) return null;
  return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd ?? field.selectionStart];
}

/** How to do to it once more what was done. Whatever the page makes of the field meanwhile, the reader's own is what counts. */
function again(field: Field): () => void {
  if (isToggle(field)) {
    const { checked } = field;
    return () => {
      field.checked = !checked;
      field.click();
    };
  }
  const { value } = field;
  const caret = caretIn(field);
  return () => {
    field.value = valueFromServer(field);
    setByHand(field, value);
    if (caret && !(field instanceof HTMLSelectElement)) field.setSelectionRange(...caret);
  };
}

/** What the reader did, before the page itself changes anything. */
function doneEarlier(): readonly (() => void)[] {
  const fields = document.querySelectorAll<Field>('input:enabled, select:enabled, textarea:enabled');
  // A demo that is still a picture takes over by itself what was done to it (demo/handover.tsx).
  return [...fields].filter((field) => wasTouched(field) && !field.closest('[data-asleep]')).map(again);
}

/** Stands at the end of the page, whose parts have all come to life when it has. */
export function HearEarlier() {
  useLayoutEffect(() => {
    const done = doneEarlier();
    // Before anybody can touch anything more, but not in the middle of React's own work: each is to be heard by itself.
    queueMicrotask(() => {
      for (const one of done) one();
    });
  }, []);
  return null;
}
