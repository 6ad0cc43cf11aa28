// What axe objects to. No page of ours has a frame, so the results need not be put together on a page of their own (axe calls
// that legacy mode), and of what is right nothing is listed: half the time of looking at a lesson.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Look = {
  /** Only this part of the page, by its CSS selector. */
  readonly within?: string;
  /** Only what a change of colours can change. */
  readonly colours?: boolean;
  /** Also whether what can be pressed is large enough, which axe leaves out if it is not asked. */
  readonly targets?: boolean;
};

/** Each rule that is broken, with the first elements that break it; empty where nothing is wrong. */
export async function objections(
  page: Page,
  { within, colours = false, targets = false }: Look = {},
): Promise<readonly string[]> {
  const rules = { 'target-size': { enabled: targets } };
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], rules }).setLegacyMode(true);
  if (within) axe.include(within);
  if (colours) axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  const elements = (nodes: readonly { readonly html: string }[]) => nodes.slice(0, 3).map(({ html }) => html);
  return violations.map(({ id, nodes }) => `${id}: ${elements(nodes).join(' | ')}`);
}
