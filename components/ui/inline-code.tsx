// Card, quiz and option texts are plain strings with code in `backticks`; this sets the code as code and nothing else.
import type { ReactNode } from 'react';
import { withUnits } from '#lib/study/units.ts';

/** Up to here it fits into a line of a phone, and need not be broken. */
const SHORT = 24;

/** Code in a line. A break at the hyphen of `--option` would read as another option. */
export function Code({ children, ...rest }: { children?: ReactNode }) {
  const short = typeof children === 'string' && children.length <= SHORT;
  return (
    <code {...rest} data-short={short || undefined}>
      {children}
    </code>
  );
}

export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, at) => (at % 2 === 1 ? <Code key={at}>{part}</Code> : withUnits(part)));
}
