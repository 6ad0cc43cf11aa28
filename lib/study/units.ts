// How numbers with units are set in running text.

const NO_BREAK = '\u00a0';
const SPACED = /(\d) (?=(?:[mµn]?s|min|h|%|[kMG]B|ppm)(?![\p{L}\d]))/gu;

/** Numbers stay on one line with their units. */
export function withUnits(text: string): string {
  return text.replace(SPACED, `$1${NO_BREAK}`);
}
