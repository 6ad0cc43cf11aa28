// How far a long search is, on stderr, so that whoever waits knows that it goes on and --json stays clean. On a screen it is one line
// that changes; in a log a line now and then, and none for what is over soon.
import { Writable } from 'node:stream';
import type { Progress } from '#lib/lock/index.ts';

export type Teller = {
  tell(line: string): void;
  /** Leaves no half-written line behind. */
  done(): void;
};

type Screen = { readonly isTTY?: boolean | undefined; write(text: string): unknown };

const SCREEN_EVERY = 200;
const LOG_EVERY = 2000;

export function teller(to: Screen, now: () => number): Teller {
  const every = to.isTTY ? SCREEN_EVERY : LOG_EVERY;
  let last = now();
  let shown = false;
  return {
    tell(line) {
      if (now() - last < every) return;
      last = now();
      shown = true;
      to.write(to.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    done() {
      if (shown && to.isTTY) to.write('\r\u001b[K');
    },
  };
}

/** For who drives the lab from a program. */
export const silent: Teller = teller(new Writable({ write: (_chunk, _encoding, done) => done() }), () => 0);

export function progressWords({ states, depth, faults, queued }: Progress): string {
  const n = (value: number) => value.toLocaleString('en-US');
  return `${n(states)} states, ${n(queued)} waiting, ${depth} moves deep, ${faults} ${faults === 1 ? 'fault' : 'faults'} so far`;
}
