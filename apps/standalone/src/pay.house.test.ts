import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, TestHouse } from './house.fixture.ts';

/** What a rep earns and what an owner does with pay periods, in the demonstration. */

let house: TestHouse;
let browser: Browser;
let owner: Page;
let rep: Page;
const faults: string[] = [];
const DEMO_MS = 180_000;

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start([]);
  browser = await openBrowser();
  owner = await signIn('owner', { width: 1440, height: 900 });
  rep = await signIn('rep', { width: 360, height: 780 });
}, DEMO_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

async function signIn(
  as: 'owner' | 'rep',
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const tab = await context.newPage();
  tab.on('pageerror', (error) => faults.push(error.message));
  await tab.goto(`${house.url}/sign-in?lang=en`);
  await tab.evaluate(async (role) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ as: role });
    await fetch('/v1/sessions/demo', { method: 'POST', headers, body });
  }, as);
  return tab;
}

const shown = (page: Page, text: string) =>
  page.locator('.toast', { hasText: text }).first().waitFor();

test('a rep reads why a deal pays what it pays, by keyboard and on a phone', async () => {
  await rep.goto(`${house.url}/me/earnings`);
  await rep.waitForSelector('[data-earned]');
  const first = rep.locator('[data-component="commission"] summary').first();
  await first.focus();
  await rep.keyboard.press('Enter');
  await rep.getByText('version 1 of the plan').first().waitFor();
  const wide = await rep.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(360);
});

test('an owner reopens the last closed period only with a reason, and closes it', async () => {
  await owner.goto(`${house.url}/manage/pay`);
  await owner
    .locator('tr', { has: owner.locator('[data-state="closed"]') })
    .first()
    .getByRole('link')
    .click();
  await owner.waitForSelector('tr[data-person]');
  await owner.getByRole('button', { name: 'Reopen' }).click();
  const dialog = owner.locator('dialog[open]');
  await dialog.getByRole('button', { name: 'Reopen' }).click();
  await dialog.getByText('Say why').waitFor();
  await dialog.getByRole('textbox').fill('A deal was booked twice');
  await dialog.getByRole('button', { name: 'Reopen' }).click();
  await shown(owner, 'is open again');
  await owner.getByText('A deal was booked twice').waitFor();
  await owner.getByRole('button', { name: 'Close the period' }).click();
  await owner.locator('dialog[open]').getByRole('button', { name: 'Close the period' }).click();
  await shown(owner, 'is closed');
});

test('a plan begins as a draft, and its faults stand beside the numbers', async () => {
  await owner.goto(`${house.url}/manage/plans`);
  await owner.waitForSelector('[data-plan]');
  await owner.getByRole('button', { name: 'New plan' }).click();
  const dialog = owner.locator('dialog[open]');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Field sales');
  await dialog.getByRole('combobox').selectOption('accelerator');
  await dialog.getByRole('button', { name: 'Begin the draft' }).click();
  const rate = owner.getByLabel('Rate, %').last();
  await rate.fill('much');
  await owner.getByText('Give a number, zero or more.').waitFor();
  await rate.fill('9.5');
  await owner.getByRole('button', { name: 'Save the draft' }).click();
  await shown(owner, 'The draft is saved');
  await owner.getByText('From 100 % of the target on: 9.5 %').waitFor();
  expect(faults).toEqual([]);
});
