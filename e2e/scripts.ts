// A slow line, as far as a page's scripts go.
import type { Page } from '@playwright/test';

/** Keeps every script from arriving until what it returns is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  await page.route('**/*.js', async (route) => {
    await gate;
    await route.continue();
  });
  return open;
}
