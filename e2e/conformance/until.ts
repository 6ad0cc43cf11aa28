// Waiting in these tests: ask until the answer is there. Nothing sleeps for a fixed time and hopes, so a slow machine makes a
// run longer and never wrong.

/** Asks again and again until the answer is neither false, null nor undefined; an exception counts as "not yet". */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  patienceMs = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + patienceMs;
  let last: unknown = 'nothing yet';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== false && answer !== null && answer !== undefined) {
        return answer as Exclude<T, false | null | undefined>;
      }
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`waited ${patienceMs} ms in vain: ${what} (${last})`);
    await pauseBeforeAskingAgain();
  }
}

const pauseBeforeAskingAgain = () => new Promise((resolve) => setTimeout(resolve, 20));
