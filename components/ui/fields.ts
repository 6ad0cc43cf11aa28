// Fields of a page that the server rendered: what they held as it came, and how to give them a value so that the page hears of it.

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What it held when the page came. */
export function valueFromServer(field: Field): string {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  const options = [...field.options];
  return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? '';
}

/** React hears of a value only if it was set behind its back, and then of the event that a hand would have caused. */
export function setByHand(field: Field, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}
