import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DemoRole,
  openBrowser,
  signInDemo,
  TestHouse,
  type Viewport,
} from './house.fixture.ts';

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

const signIn = (as: DemoRole, viewport: Viewport) =>
  signInDemo({ browser, house, faults }, as, viewport);

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
  await dialog.getByRole('combobox').first().selectOption('accelerator');
  await dialog.getByRole('button', { name: 'Begin the draft' }).click();
  await owner.waitForSelector('[data-curve] svg path.draft');
  const rate = owner.getByLabel('Rate, 2');
  await rate.fill('much');
  await owner.locator('[data-component="commission"] .help.bad').waitFor();
  expect(await owner.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
  await rate.fill('9.5');
  await owner.locator('[data-component="commission"] .help.bad').waitFor({ state: 'detached' });
});

test('tiers make a curve that is read by keys, with its cliff, and the draft is kept', async () => {
  const curve = owner.locator('[data-curve]').getByRole('slider');
  await curve.focus();
  const before = await curve.getAttribute('aria-valuetext');
  await owner.keyboard.press('ArrowRight');
  expect(await curve.getAttribute('aria-valuenow')).toBe('101');
  expect(await curve.getAttribute('aria-valuetext')).not.toBe(before);
  await owner.getByRole('button', { name: 'Add one' }).click();
  await owner.getByLabel('From, 3').fill('150');
  await owner.getByLabel('Rate, 3').fill('12');
  await owner.getByLabel('How tiers pay').selectOption('whole');
  await owner.locator('[data-curve] circle.open').nth(1).waitFor();
  await owner.locator('[data-component="commission"] .note.warn').first().waitFor();
  await owner.waitForSelector('[data-save="saved"]');
  await owner.reload();
  await owner.getByLabel('Rate, 3').waitFor();
  expect(await owner.getByLabel('Rate, 3').inputValue()).toBe('12');
});

test('every kind of component can be added, and none of them begins with a fault', async () => {
  const kinds = await owner
    .locator('[data-add-component] option')
    .evaluateAll((options) => options.map((one) => (one as unknown as { value: string }).value));
  for (const kind of kinds.filter((one) => one !== '')) {
    await owner.locator('[data-add-component]').selectOption(kind);
    await owner.locator(`[data-component^="${kind}"]`).waitFor();
  }
  await owner.waitForSelector('[data-save="saved"]');
  expect(kinds).toHaveLength(16);
  expect(await owner.locator('[data-findings]').count()).toBe(0);
  for (const kind of kinds.filter((one) => one !== '')) {
    await owner.locator(`[data-part="${kind}"]`).click();
    await owner.getByRole('button', { name: 'Take out' }).click();
  }
  await owner.waitForSelector('[data-save="saved"]');
});

test('a draft is approved, somebody is put on it, and the past is paid again', async () => {
  await owner.getByRole('button', { name: 'Approve' }).click();
  await owner.locator('dialog[open]').getByRole('button', { name: 'Approve' }).click();
  await shown(owner, 'Approved');
  await owner.getByRole('button', { name: 'People', exact: true }).click();
  await owner.getByRole('combobox', { name: 'Who' }).fill('Amina');
  await owner.getByRole('option', { name: 'Amina Diallo' }).click();
  await owner.getByLabel('From', { exact: true }).fill('2026-01-01');
  await owner.getByRole('button', { name: 'Put on the plan' }).click();
  await owner.locator('[data-assignment]').waitFor();
  await owner.getByRole('button', { name: 'What if' }).click();
  await owner.waitForSelector('[data-next]');
  await owner.getByText('Amina Diallo').waitFor();
  await owner.getByRole('button', { name: 'People', exact: true }).click();
  await owner.locator('[data-assignment]').getByRole('button').click();
  const dialog = owner.locator('dialog[open]');
  await dialog.getByLabel('Until before').fill('2030-01-01');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await shown(owner, 'The assignment is changed');
  await owner.getByText('1 January 2030').waitFor();
  expect(faults).toEqual([]);
});

test('the only draft of a plan is thrown away with it', async () => {
  await owner.goto(`${house.url}/manage/plans`);
  await owner.getByRole('button', { name: 'New plan' }).click();
  const begin = owner.locator('dialog[open]');
  await begin.getByRole('textbox', { name: 'Name', exact: true }).fill('A mistake');
  await begin.getByRole('button', { name: 'Begin the draft' }).click();
  await owner.waitForSelector('[data-part]');
  await owner.getByRole('button', { name: 'Throw away' }).click();
  await owner.locator('dialog[open]').getByRole('button', { name: 'Throw away' }).click();
  await owner.waitForSelector('[data-plan]');
  expect(await owner.getByText('A mistake').count()).toBe(0);
  expect(faults).toEqual([]);
});
