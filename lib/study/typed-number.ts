// Numbers as people type them.

/** `9,863`, `9 863` and `9863` are the same number; null when it is none. */
export function typedNumber(text: string): number | null {
  const plain = text.replaceAll(/[\s,_]/g, '');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : null;
}
