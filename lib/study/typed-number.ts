// Numbers as people type them. A comma stands between thousands and nowhere else: in half of the world it is a decimal point, and a
// guess would be wrong for one half, so `4,4` is asked again and never taken for 44.

export type Typed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'number'; readonly number: number }
  /** What to type instead. */
  | { readonly kind: 'refused'; readonly why: string };

/** Digits, or groups of three with one sign between them; then perhaps a decimal point and more digits. */
const plain = /^([-−+]?)(\d*|[1-9]\d{0,2}(?:([,_\s])\d{3})(?:\3\d{3})*)(\.\d*)?$/;
const decimalComma = /^([-−+]?\d+),(\d+)$/;

export function typedNumber(text: string): Typed {
  const typed = text.trim();
  if (typed === '') return { kind: 'nothing' };
  const [, sign = '', whole = '', , rest = ''] = plain.exec(typed) ?? [];
  const digits = whole.replaceAll(/\D/g, '');
  const number = Number(`${digits}${rest}`);
  // Many digits are too much for a number, and no answer has so many.
  if (/\d/.test(`${digits}${rest}`) && Number.isFinite(number)) {
    return { kind: 'number', number: sign === '-' || sign === '−' ? 0 - number : number };
  }
  const comma = decimalComma.exec(typed);
  if (comma) return { kind: 'refused', why: `Type a decimal point, not a comma: ${comma[1]}.${comma[2]}.` };
  return { kind: 'refused', why: `“${typed}” is not a plain number. Type digits, such as 40, 1,000 or 4.4.` };
}

/** The number that was typed, or null. */
export function numberIn(text: string): number | null {
  const typed = typedNumber(text);
  return typed.kind === 'number' ? typed.number : null;
}
