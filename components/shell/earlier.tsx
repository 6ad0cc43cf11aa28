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

function doAgain(field: Field): void {
  if (isToggle(field)) {
    field.checked = !field.checked;
    field.click();
  } else {
    const { value } = field;
    field.value = valueFromServer(field);
    setByHand(field, value);
  }
}

function hearEarlier(): void {
  // A demo that is still a picture takes over by itself what was done to it (demo/handover.tsx).
  const fields = document.querySelectorAll<Field>('input:enabled, select:enabled, textarea:enabled');
  for (const field of [...fields].filter(wasTouched)) if (!field.closest('[data-asleep]')) doAgain(field);
}

/** Stands at the end of the page, whose parts have all come to life when it has. */
export function HearEarlier() {
  // Before anybody can touch anything more, but not in the middle of React's own work: each is to be heard by itself.
  useLayoutEffect(() => queueMicrotask(hearEarlier), []);
  return null;
}
