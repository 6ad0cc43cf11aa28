// From guest to account and on to a second device, and what may go wrong on the way.
import { type Browser, expect, type Page, test } from '@playwright/test';

const password = 'correct horse battery';
let people = 0;
function freshEmail(): string {
  people += 1;
  return `learner-${Date.now()}-${process.pid}-${people}@example.com`;
}

async function signUp(page: Page, email: string) {
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText('Your account is ready.')).toBeVisible();
}

async function signIn(page: Page, email: string, secret = password) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function read(page: Page, slug: string) {
  await page.goto(`/lessons/${slug}`);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
}

const newDevice = async (browser: Browser) => (await browser.newContext()).newPage();

test('what a guest did is there after signing up, and on a second device', async ({ page, browser }) => {
  await read(page, 'leases');
  const email = freshEmail();
  await signUp(page, email);
  await page.goto('/lessons/leases');
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  const second = await newDevice(browser);
  await signIn(second, email);
  await expect(second).toHaveURL(/\/$/);
  await expect(second.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await second.goto('/lessons/leases');
  await expect(second.getByText('You have read this lesson.')).toBeVisible();
});

test('what a guest did on the second device is added when they sign in there', async ({ page, browser }) => {
  const email = freshEmail();
  await read(page, 'leases');
  await signUp(page, email);
  const second = await newDevice(browser);
  await read(second, 'redlock');
  await signIn(second, email);
  await expect(second).toHaveURL(/\/$/);
  for (const slug of ['leases', 'redlock']) {
    await second.goto(`/lessons/${slug}`);
    await expect(second.getByText('You have read this lesson.')).toBeVisible();
  }
});

test('signing out leaves nothing of the learner behind', async ({ page }) => {
  await read(page, 'leases');
  await signUp(page, freshEmail());
  await page.goto('/practice/cron');
  await expect(page.getByRole('timer')).toBeVisible();
  await page.getByLabel('Because').fill('nobody else should read this');
  await page.reload();
  await expect(page.getByLabel('Because')).toHaveValue('nobody else should read this');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Seat 14A');
  await page.goto('/lessons/leases');
  await expect(page.getByRole('button', { name: 'Mark as read' })).toBeVisible();
  await page.goto('/practice/cron');
  await expect(page.getByRole('timer')).toBeVisible();
  await expect(page.getByLabel('Because')).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Restore it' })).toBeHidden();
  await page.goto('/account');
  await expect(page).toHaveURL(/sign-in/);
});

test('a wrong password gets a clear message and no way in', async ({ page, browser }) => {
  const email = freshEmail();
  await signUp(page, email);
  const other = await newDevice(browser);
  await signIn(other, email, 'wrong password here');
  await expect(other.getByRole('main').getByRole('alert')).toContainText('Wrong e-mail or password');
  await signIn(other, freshEmail());
  await expect(other.getByRole('main').getByRole('alert')).toContainText('Wrong e-mail or password');
});

test('a taken e-mail, a short password and a bad address are said at the field', async ({ page, browser }) => {
  const email = freshEmail();
  await signUp(page, email);
  const other = await newDevice(browser);
  await other.goto('/sign-up');
  await other.getByLabel('E-mail').fill(email.toUpperCase());
  await other.getByLabel('Password').fill(password);
  await other.getByRole('button', { name: 'Create the account' }).click();
  await expect(other.getByText('There is already an account with this e-mail.')).toBeVisible();
  await expect(other.getByLabel('E-mail')).toHaveValue(email.toUpperCase());
  await other.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
  await other.getByLabel('E-mail').fill('not an address');
  await other.getByLabel('Password').fill('short');
  await other.getByRole('button', { name: 'Create the account' }).click();
  await expect(other.getByText('That is not an e-mail address.')).toBeVisible();
  await expect(other.getByText('Use at least 10 characters.', { exact: true }).last()).toBeVisible();
});

test('signing up works before any script has run', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signUp(page, freshEmail());
  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();
});

test('a forged session is nobody', async ({ context, page, baseURL }) => {
  await context.addCookies([
    { name: 'next-auth.session-token', value: 'eyJhbGciOiJkaXIifQ.forged', url: baseURL ?? '' },
  ]);
  await page.goto('/account');
  await expect(page).toHaveURL(/sign-in/);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Seat 14A');
});
