// The mixed quiz: a newcomer's round from the keyboard alone, addresses that keep a round, histories that the engine makes, and
// addresses that nobody could have meant.
import { expect, type Page, test } from '@playwright/test';
import { judge, traceQuestionOf } from '#components/quiz/judge.ts';
import { histories } from '#content/histories.ts';
import { allLessons } from '#lib/content/lessons.ts';
import type { Quiz } from '#lib/study/quiz.ts';

/** The page listens once its button has been wired up; before that a form without an action would only reload it. */
async function hydrated(page: Page) {
  await page.waitForLoadState('networkidle');
}

const question = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 });

/** Gives some answer to whatever is asked, with Tab, the arrows, Space and Enter. */
async function answerByKeyboard(page: Page) {
  const main = page.getByRole('main');
  const place = await main.getByText(/^Question \d+ of \d+$/).textContent();
  const kind = await main
    .getByText(/^(Choose one|Choose all|Put in order|Type a number|Predict|A history)/)
    .textContent();
  const reach = async (what: () => Promise<boolean>) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await what()) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach what it should in ${place} (${kind})`);
  };
  const focused = (property: string) => () =>
    page.evaluate((css) => document.activeElement?.matches(css) === true, property);
  if (kind === 'Type a number') {
    await reach(focused('form input[inputmode]'));
    await page.keyboard.type('12');
  } else if (kind !== 'Put in order') {
    await reach(focused('form input:not([name=sureness])'));
    await page.keyboard.press('Space');
  }
  await reach(focused('input[name=sureness]'));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(main.getByRole('radio', { name: 'Certain' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(main.getByRole('button', { name: /Next question|See the result/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(main.getByText(place ?? '', { exact: true })).toBeHidden();
}

test('a newcomer does a round by keyboard alone, sees where certainty was wrong, and repeats what was missed', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('/quiz');
  await hydrated(page);
  await expect(page.getByText('You have read no lesson yet')).toBeVisible();
  await page.getByRole('radio', { name: '5', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/quiz\?seed=\d+&n=5&depth=staff&of=/);
  await hydrated(page);
  // In a round that nobody has touched, nothing takes the focus; from the first answer on it follows.
  await question(page).focus();
  for (let asked = 0; asked < 5; asked += 1) await answerByKeyboard(page);
  const result = page.getByRole('heading', { name: /^\d of 5 right$/ });
  await expect(result).toBeFocused();
  await expect(page.getByText(/^You were certain 5 times/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'By lesson' }).getByRole('row')).not.toHaveCount(0);
  await expect(page.getByRole('table', { name: 'How sure, how often right' }).getByRole('row')).toHaveCount(4);
  const right = Number((await result.textContent())?.[0]);
  if (right === 5) return;
  const missed = page.getByRole('list').filter({ hasText: 'You were certain' }).getByRole('listitem');
  await expect(missed).toHaveCount(5 - right);
  await missed.first().getByRole('button', { name: 'Review its card today' }).click();
  await expect(missed.first().getByText('Its card is in')).toBeVisible();
  await page.getByRole('link', { name: /Again with/ }).click();
  await expect(page).toHaveURL(/only=/);
  await expect(page.getByText(`Question 1 of ${5 - right}`)).toBeVisible();
});

test('a reload keeps the round and how far it is, and another reader gets the same questions', async ({
  page,
  browser,
}) => {
  const address = '/quiz?seed=4821&n=5&depth=mid&of=seat-14a.bathroom-key.fencing';
  await page.goto(address);
  await hydrated(page);
  const first = await question(page).textContent();
  await question(page).focus();
  await answerByKeyboard(page);
  const second = await question(page).textContent();
  expect(second).not.toBe(first);
  await page.reload();
  await expect(page.getByText('Question 2 of 5')).toBeVisible();
  await expect(question(page)).toHaveText(second ?? '');
  const other = await (await browser.newContext()).newPage();
  await other.goto(new URL(address, page.url()).href);
  await expect(question(other)).toHaveText(first ?? '');
});

test('how sure one was of an answer counts on the progress page', async ({ page }) => {
  await page.goto('/quiz?seed=4821&n=5&depth=mid&of=seat-14a.bathroom-key.fencing');
  await hydrated(page);
  await question(page).focus();
  const kept = page.waitForResponse((response) => response.request().method() === 'POST');
  await answerByKeyboard(page);
  await kept;
  await page.goto('/progress');
  await expect(page.getByRole('row', { name: /^Certain [01] of 1 right/ })).toBeVisible();
  await expect(page.getByRole('row', { name: 'A guess none yet' })).toBeVisible();
});

test('a round asks of what was read, no deeper than chosen', async ({ page }) => {
  await page.goto('/lessons/fencing');
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  await page.goto('/quiz');
  await hydrated(page);
  await expect(page.getByText('You have read one lesson')).toBeVisible();
  await page.getByRole('radio', { name: 'Mid', exact: true }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/depth=mid&of=fencing$/);
  await page.goto('/quiz');
  await expect(page.getByRole('radio', { name: 'Mid', exact: true })).toBeChecked();
});

test('the clock can be stopped, and cuts nothing off', async ({ page }) => {
  await page.clock.install();
  await page.goto('/quiz?seed=1&n=5&depth=mid&of=seat-14a&clock=on');
  await expect(page.getByText('Question 1 of 5')).toBeVisible();
  await expect(page.getByText(/^About .* left$/)).toBeVisible();
  await page.clock.runFor(160_000);
  await expect(page.getByText('Over time; answer all the same')).toBeVisible();
  await expect(page.getByText('The time is over.')).toBeAttached();
  await page.getByRole('button', { name: 'Stop the clock' }).click();
  await expect(page.getByText('Over time')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Check' })).toBeVisible();
});

const asked = histories.find(({ id }) => id === 'history-pause-no-fence-refused')!;
const quiz: Quiz = { ...asked, kind: 'trace', question: '', options: [] };

test('a history is judged as the engine judges it, and its link opens the run at that step', async ({ page }) => {
  const seed = [1, 2, 3, 4, 5, 6, 7].find((one) => traceQuestionOf(quiz, one)?.brokenAt !== null)!;
  const known = traceQuestionOf(quiz, seed)!;
  expect(judge(quiz, [seed, known.right])).toBe(true);
  await page.goto(`/quiz/history?q=${asked.id}&seed=${seed}`);
  await hydrated(page);
  await page.getByRole('radio').nth(known.right).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('Right.', { exact: true })).toBeFocused();
  await expect(page.getByText(`Broken: ${known.told}`)).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.getByText('Not kept')).toBeHidden();
  await page.getByRole('link', { name: 'Open this run at this step' }).click();
  await expect(page).toHaveURL(new RegExp(`/demos/${asked.demo}`));
  await expect(page.getByText(known.told).first()).toBeVisible();
});

test('a wrong answer to a history is missed, and its card can be reviewed', async ({ page }) => {
  const known = traceQuestionOf(quiz, 5)!;
  await page.goto(`/quiz/history?q=${asked.id}&seed=5`);
  await hydrated(page);
  await page
    .getByRole('radio')
    .nth((known.right + 1) % known.options.length)
    .check();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('Not quite.')).toBeFocused();
  await page.getByRole('button', { name: 'Review its card today' }).click();
  await expect(page.getByText('Its card is in')).toBeVisible();
});

test('another history is another one, and its address repeats it', async ({ page }) => {
  await page.goto(`/quiz/history?q=history-pause-no-fence-safe&seed=1`);
  await hydrated(page);
  const shown = () => page.getByRole('list', { name: 'The history' }).textContent();
  const before = await shown();
  await page.getByRole('button', { name: 'Another history' }).click();
  await expect(page).not.toHaveURL(/seed=1$/);
  // Of two seeds in a row both may tell the same story, of three hardly.
  if ((await shown()) === before) await page.getByRole('button', { name: 'Another history' }).click();
  await expect.poll(shown).not.toBe(before);
  const after = await shown();
  await page.reload();
  expect(await shown()).toBe(after);
});

test('a lesson asks about a history, makes another at a press, and judges that one', async ({ page }) => {
  const lesson = allLessons().find(({ quizzes }) => quizzes.some(({ kind }) => kind === 'trace'))!;
  const own = lesson.quizzes.find(({ kind }) => kind === 'trace')!;
  await page.goto(`/lessons/${lesson.slug}#${own.id}`);
  await hydrated(page);
  const section = page.locator(`section#${own.id}`);
  const link = section.getByRole('link', { name: 'Link to this one' });
  const before = await link.getAttribute('href');
  await section.getByRole('button', { name: 'Another history' }).click();
  await expect(link).not.toHaveAttribute('href', before ?? '');
  await expect(section.getByRole('heading')).toBeFocused();
  const seed = Number(/seed=(\d+)/.exec((await link.getAttribute('href')) ?? '')?.[1]);
  await section.getByRole('radio').nth(traceQuestionOf(own, seed)!.right).check();
  await section.getByRole('button', { name: 'Check' }).click();
  await expect(section.getByText('Right.', { exact: true })).toBeFocused();
});

test('what nobody could have meant is said in a sentence, with a way on', async ({ page }) => {
  for (const [address, words] of [
    ['/quiz?seed=abc&n=10', 'The seed in the link cannot be read'],
    ['/quiz?seed=1&n=100000', 'The number of questions in the link cannot be read'],
    ['/quiz?seed=1&n=%3Cscript%3E', 'The number of questions in the link cannot be read'],
    ['/quiz?seed=1&n=5&depth=principal', 'The depth in the link'],
    ['/quiz?seed=1&n=5&of=no-such-lesson', 'There is no question'],
    ['/quiz?seed=1&only=no-such-question', 'There is no question'],
    ['/quiz/history?q=no-such-question', 'a question that there is not'],
    [`/quiz/history?q=${asked.id}&seed=-5`, 'The seed in the link cannot be read'],
  ] as const) {
    const response = await page.goto(address);
    expect(response?.status(), address).toBe(200);
    await expect(page.getByRole('main').getByRole('alert'), address).toContainText(words);
  }
  await page.goto('/quiz?seed=9');
  await expect(page).toHaveURL(/n=10&depth=staff&of=/);
  await expect(page.getByText('Question 1 of 10')).toBeVisible();
});

test('at phone width a round and a history never scroll sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const lessons = allLessons().map(({ slug }) => slug);
  for (const address of [
    '/quiz',
    `/quiz?seed=3&n=10&depth=staff&of=${lessons.slice(0, 5).join('.')}`,
    ...histories.slice(0, 8).map(({ id }) => `/quiz/history?q=${id}&seed=2`),
  ]) {
    await page.goto(address);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, address).toBeLessThanOrEqual(0);
  }
});
