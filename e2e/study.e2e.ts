// Study and drill: a newcomer reads a lesson, answers its quiz, keeps cards, and reviews them from the keyboard alone.
import { expect, type Page, test } from '@playwright/test';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { allSent, gradeCard, reveal } from './keys.ts';

async function readLesson(page: Page, slug: string) {
  await page.goto(`/lessons/${slug}`);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
}

test('a lesson that was read is marked in the list and its cards come into the review', async ({ page }) => {
  await readLesson(page, 'seat-14a');
  await page.goto('/lessons');
  await expect(page.getByRole('link', { name: /Seat 14A/ })).toContainText('Read');
  await page.reload();
  await expect(page.getByRole('link', { name: /Seat 14A/ })).toContainText('Read');
  await page.goto('/review');
  await expect(page.getByRole('button', { name: /Show answer/ })).toBeVisible();
});

test('lessons are complete without script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/lessons/fencing');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Fencing/);
  await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();
  await expect(page.getByRole('main').locator('svg').first()).toBeVisible();
});

test('a missed question explains every option and brings its card into today’s review', async ({ page }) => {
  await page.goto('/lessons/fencing');
  const question = page
    .locator('section', { has: page.getByRole('radio') })
    .filter({ hasText: 'Choose one' })
    .last();
  const options = question.getByRole('radio');
  const count = await options.count();
  let missed = false;
  for (let at = 0; at < count && !missed; at += 1) {
    await options.nth(at).check();
    await question.getByRole('button', { name: 'Check' }).click();
    missed = await question.getByText('Not quite.').isVisible();
    if (!missed) await question.getByRole('button', { name: 'Try again' }).click();
  }
  expect(missed).toBe(true);
  expect(await question.locator('li p').count()).toBe(count);
  await question.getByRole('button', { name: 'Review its card today' }).click();
  await expect(question.getByText('Its card is in')).toBeVisible();
  await page.reload();
  await expect(question.getByText('Not quite.')).toBeVisible();
  await page.goto('/review');
  await expect(page.getByRole('button', { name: /Show answer/ })).toBeVisible();
});

test.describe('somebody who reads at mid level', () => {
  const { cards, quizzes } = lessonBySlug('fencing')!;
  const deep = cards.filter(({ depth }) => depth !== 'mid');
  const deepQuizzes = quizzes.filter(({ depth }) => depth !== 'mid');
  const forAll = cards.find(({ depth }) => depth === 'mid')!;

  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('fencepost-depth', 'mid'));
  });

  test('sees no deeper questions and cards, is told how many there are, and can have them shown', async ({ page }) => {
    await page.goto('/lessons/fencing');
    await expect(page.locator(`#${forAll.id}`)).toBeVisible();
    for (const { id } of [...deep, ...deepQuizzes]) await expect(page.locator(`#${id}`)).toBeHidden();
    const line = page.getByText(/not shown\./).filter({ visible: true });
    await expect(line).toContainText(`${deepQuizzes.length} deeper questions and ${deep.length} deeper cards`);
    await line.getByRole('button', { name: 'Show them' }).click();
    await expect(page.getByText('All questions and cards are shown.')).toBeFocused();
    for (const { id, depth } of [...deep, ...deepQuizzes]) {
      await expect(page.locator(`#${id}`)).toContainText(`, ${depth}`);
      await expect(page.locator(`#${id}`)).toBeVisible();
    }
    await expect(line).toHaveCount(0);
  });

  test('is shown a deeper card that a link leads to, and no other', async ({ page }) => {
    const [first, second, third] = deep.map(({ id }) => page.locator(`#${id}`));
    await page.goto(`/lessons/fencing#${deep[0]?.id}`);
    await expect(first!).toBeInViewport();
    await expect(second!).toBeHidden();
    await page.evaluate((id) => {
      window.location.hash = id;
    }, deep[1]!.id);
    await expect(second!).toBeInViewport();
    await expect(third!).toBeHidden();
  });
});

test('a section has a link of its own that is no part of its heading’s name', async ({ page }) => {
  await page.goto('/lessons/fencing');
  const heading = page.getByRole('heading', { level: 2, name: 'Where the number comes from', exact: true });
  await heading.hover();
  const link = page.locator('.section-head', { has: heading }).getByRole('link', { name: 'Link to this section' });
  await expect(link).toHaveCSS('opacity', '1');
  await link.press('Enter');
  await expect(page).toHaveURL(/#where-the-number-comes-from$/);
  await expect(heading).toBeInViewport();
});

test('the answer of a card says where it comes from and what it is confused with', async ({ page }) => {
  const { cards } = lessonBySlug('leases')!;
  const confusable = cards.find(({ contrast }) => contrast === 'expiry')!;
  await page.goto('/lessons/leases');
  const card = page.locator(`#${confusable.id}`);
  await card.locator('summary').click();
  await expect(card.getByText(/^Sources?: /)).toBeVisible();
  await card
    .getByText(/^Often confused with: /)
    .getByRole('link')
    .first()
    .click();
  await expect(page).toHaveURL(/#/);
  await page.goto('/review');
  await page.getByRole('button', { name: /Start with/ }).click();
  await reveal(page);
  await expect(page.getByText(/^Sources?: /)).toBeVisible();
});

test('every kind of question can be answered from the keyboard', async ({ page }) => {
  let answered = 0;
  page.on('response', (response) => {
    if (response.request().method() === 'POST') answered += 1;
  });
  await page.goto('/lessons/seat-14a');
  const order = page.locator('section').filter({ hasText: 'Put in order' }).last();
  await order
    .getByRole('button', { name: /^Move down/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await order.getByRole('button', { name: 'Check' }).press('Enter');
  await expect(order.getByText(/Right\.|Not quite\./)).toBeVisible();
  const number = page.locator('section').filter({ hasText: 'Type a number' }).last();
  await number.getByRole('textbox').fill('1e3');
  await page.keyboard.press('Enter');
  await expect(number.getByRole('alert')).toContainText('“1e3” is not a plain number.');
  await expect(number.getByRole('textbox')).toBeFocused();
  await number.getByRole('textbox').fill('12345');
  await page.keyboard.press('Enter');
  await expect(number.getByText('Not quite.')).toBeVisible();
  // Answers are sent one after the other.
  await expect.poll(() => answered).toBe(2);
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1;
  });
  await number.getByRole('textbox').press('Enter');
  await number.getByRole('button', { name: 'Try again' }).click();
  await expect(number.getByRole('textbox')).toHaveValue('');
  await expect(number.getByRole('textbox')).toBeFocused();
  expect(sent, 'an answer that stands is not kept a second time').toBe(0);
  const choice = page.locator('section').filter({ hasText: 'Choose one' }).last();
  await choice.getByRole('radio').first().focus();
  await page.keyboard.press('Enter');
  await expect(choice.getByRole('button', { name: 'Check' })).toBeDisabled();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(choice.getByText(/Right\.|Not quite\./)).toBeFocused();
});

test.describe('review', () => {
  test('a newcomer starts with the recall table and drills it from the keyboard alone', async ({ page }) => {
    await page.goto('/review');
    await page.getByRole('button', { name: /Start with \d+ cards/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
    const counts = page.getByText(/\d+ new, \d+ learning, \d+ to review/);
    const before = await counts.textContent();
    for (let card = 0; card < 40; card += 1) {
      if (await page.getByRole('heading', { name: 'Done for now.' }).isVisible()) break;
      await gradeCard(page, 4);
    }
    await expect(page.getByRole('heading', { name: 'Done for now.' })).toBeVisible();
    await expect(page.getByText(/The next card is due/)).toBeVisible();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    expect(before).not.toBe(await counts.textContent());
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Nothing is due.' })).toBeVisible();
    await expect(page.getByText(/The next card is due/)).toBeVisible();
  });

  test('a card that asks for a number answers what is none with a sentence, and keeps its answer', async ({ page }) => {
    const asked = lessonBySlug('etcd')!.cards.find(({ kind }) => kind === 'number')!;
    await page.goto('/lessons/etcd');
    await page.locator(`#${asked.id}`).getByRole('button', { name: /^Keep/ }).click();
    await expect(page.locator(`#${asked.id}`).getByText('In your deck')).toBeVisible();
    await page.goto('/review');
    const field = page.getByRole('textbox', { name: 'Your number' });
    const grades = page.getByRole('group', { name: 'How well did you know it?' });
    await expect(async () => {
      await field.fill('abc');
      await field.press('Enter');
      await expect(page.getByRole('main').getByRole('alert')).toContainText('“abc” is not', { timeout: 500 });
    }).toPass();
    await expect(grades).toBeHidden();
    await expect(field).toBeFocused();
    await field.fill(String(asked.value));
    await field.press('Enter');
    await expect(grades).toBeVisible();
    await expect(page.getByText(/^You typed .* right\.$/)).toBeVisible();
  });

  test('undo by “u” brings the card back with its answer, and the undone grade does not count', async ({ page }) => {
    await page.goto('/review');
    await page.getByRole('button', { name: /Start with/ }).click();
    await expect(page.getByRole('button', { name: /Show answer/ })).toBeVisible();
    const first = await page.getByRole('heading', { level: 2 }).textContent();
    await gradeCard(page, 4);
    await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '');
    await page.keyboard.press('u');
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(first ?? '');
    await expect(page.getByRole('button', { name: /Good/ })).toBeVisible();
    await allSent(page);
    await page.reload();
    await expect(page.getByText(/8 new/)).toBeVisible();
  });

  test('the interval on the button is the one that is applied', async ({ page }) => {
    await page.goto('/review');
    await page.getByRole('button', { name: /Start with/ }).click();
    await expect(page.getByRole('button', { name: /Show answer/ })).toBeVisible();
    for (let card = 0; card < 8; card += 1) {
      await reveal(page);
      const easy = page.getByRole('button', { name: /Easy/ });
      await expect(easy).toContainText(/days/);
      await page.keyboard.press('4');
    }
    const promised = await page.getByText(/The next card is due .*, in \d+ days/).textContent();
    await allSent(page);
    await page.reload();
    await expect(page.getByText(promised?.split(', in ')[1] ?? 'nothing')).toBeVisible();
  });

  test('a stale tab is told so instead of overwriting', async ({ context }) => {
    const one = await context.newPage();
    await one.goto('/review');
    await one.getByRole('button', { name: /Start with/ }).click();
    await expect(one.getByRole('button', { name: /Show answer/ })).toBeVisible();
    const two = await context.newPage();
    await two.goto('/review');
    const question = await two.getByRole('heading', { level: 2 }).textContent();
    await gradeCard(two, 4);
    await expect(two.getByText('Saved', { exact: true })).toBeVisible();
    await expect(one.getByRole('heading', { level: 2 })).toHaveText(question ?? '');
    await reveal(one);
    await one.keyboard.press('1');
    await expect(one.getByRole('main').getByRole('alert')).toContainText('was reviewed somewhere else');
    await two.reload();
    await expect(two.getByText(/7 new, 0 learning/)).toBeVisible();
  });

  test('grading goes on without the network, and everything is saved when it is back', async ({ page, context }) => {
    await page.goto('/review');
    await page.getByRole('button', { name: /Start with/ }).click();
    await expect(page.getByRole('button', { name: /Show answer/ })).toBeVisible();
    await context.setOffline(true);
    for (let card = 0; card < 3; card += 1) {
      await gradeCard(page, 4);
    }
    await expect(page.getByText(/3 not saved yet/)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await expect(page.getByText(/5 new/)).toBeVisible();
  });
});
