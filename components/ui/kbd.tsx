// A key as it is printed on the keyboard. Hidden where there is none to press.
import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="hidden sm:inline-block pointer-coarse:hidden">
      {/* A box of its own, so that the line under a button's words does not go on under the key. */}
      <span className="inline-block rounded-[3px] border border-current/40 px-1.5 font-mono text-[0.75rem] leading-5">
        {children}
      </span>
    </kbd>
  );
}
