// The one button of the interface, and the same look for a link that acts like one. `primary` is the next thing to do on a
// page, `quiet` anything else that can be pressed, `plain` a press inside running text or a tight row.
import type { ComponentProps } from 'react';

export type ButtonVariant = 'primary' | 'quiet' | 'plain';
export type ButtonSize = 'small';

const base =
  'inline-flex items-center justify-center gap-2 rounded-[3px] font-medium no-underline transition-colors duration-100 ' +
  'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50';

const looks: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-ink hover:text-paper active:bg-ink',
  quiet: 'border border-muted text-ink hover:border-ink hover:bg-raised active:bg-raised',
  plain: 'text-accent underline underline-offset-4 hover:decoration-2',
};

/** Class names for a link that looks like a button. */
export function buttonClass(variant: ButtonVariant = 'quiet', size?: ButtonSize): string {
  const room = size === 'small' ? 'min-h-9 px-3 py-1 text-sm pointer-coarse:min-h-11' : 'min-h-11 px-4 py-2';
  return `${base} ${looks[variant]} ${room}`;
}

export function Button({
  variant = 'quiet',
  size,
  className = '',
  ...rest
}: ComponentProps<'button'> & { variant?: ButtonVariant; size?: ButtonSize }) {
  return <button type="button" {...rest} className={`${buttonClass(variant, size)} ${className}`} />;
}
