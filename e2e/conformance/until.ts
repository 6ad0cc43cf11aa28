// Waiting in these tests: ask until the answer is there. Nothing sleeps for a fixed time and hopes, so a slow machine makes a
// run longer and never wrong.

/** Asks again and again until the answer is neither false, null nor undefined; an exception counts as "not yet". */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  patienceMs = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  let last: unknown = 'nothing yet';
  let over = false;
  const asking = async () => {
    while (!over) {
      try {
        const answer = await ask();
        if (answer !== false && answer !== null && answer !== undefined) return answer;
      } catch (error) {
        last = error;
      }
      await afterMs(20);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  // Beside the asking, for a question that is never answered.
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${patienceMs} ms in vain: ${what} (${last})`)), patienceMs);
  });
  try {
    return (await Promise.race([asking(), patience])) as Exclude<T, false | null | undefined>;
  } finally {
    over = true;
    clearTimeout(timer);
  }
}

const afterMs = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
