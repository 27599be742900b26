import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { totpAt } from '@ovation/ingest';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, TestHouse, until } from './house.fixture.ts';

/** A whole settlement, pressed in browsers: from reopening a period to its file, twice. */

let house: TestHouse;
let browser: Browser;
let owner: Page;
let manager: Page;
let rep: Page;
let sofia = { id: '', name: '' };
let period = '';
let statement = '';
const faults: string[] = [];
const DEMO_MS = 180_000;

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start([]);
  browser = await openBrowser();
  owner = await signIn('owner', { width: 1440, height: 900 });
  manager = await signIn('manager', { width: 360, height: 780 });
  rep = await signIn('rep', { width: 360, height: 780 });
  const viewer = await ask(rep, '/v1/viewer');
  sofia = viewer.person;
  const { periods } = await ask(owner, '/v1/pay/periods');
  period = periods.find((one: { state: string }) => one.state === 'closed').id;
}, DEMO_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

async function signIn(
  as: 'owner' | 'manager' | 'rep',
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
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

/** What the server says to who is signed in on a page. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
const ask = (page: Page, path: string, body?: object): Promise<any> =>
  page.evaluate(
    async ([url, sent]) => {
      const headers = { 'content-type': 'application/json' };
      const init = sent ? { method: 'POST', headers, body: JSON.stringify(sent) } : {};
      const answer = await fetch(url as string, init);
      return (await answer.json()) as unknown;
    },
    [path, body] as const,
  );

const shown = (page: Page, text: string) =>
  page.locator('.toast', { hasText: text }).first().waitFor();
const dialogOf = (page: Page) => page.locator('dialog[open]');
const press = (place: Page | Locator, name: string | RegExp) =>
  place.getByRole('button', { name }).first().click();
const row = (page: Page) => page.locator(`tr[data-person="${sofia.id}"]`);

async function openPeriod(page: Page): Promise<void> {
  await page.goto(`${house.url}/manage/pay/${period}`);
  await page.waitForSelector('tr[data-person]');
}

async function pick(page: Page): Promise<void> {
  await dialogOf(page).getByRole('combobox', { name: 'Person' }).click();
  await page.keyboard.type(sofia.name);
  await page.keyboard.press('Enter');
}

test('a period is reopened for a reason, and an entry is made in it by hand', async () => {
  await openPeriod(owner);
  await press(owner, 'Reopen');
  await dialogOf(owner).getByRole('textbox').fill('A referral was forgotten');
  await press(dialogOf(owner), 'Reopen');
  await shown(owner, 'is open again');
  await owner.goto(`${house.url}/manage/pay/entries`);
  await press(owner, 'Add an entry');
  await press(dialogOf(owner), 'Post the entry');
  await dialogOf(owner).getByText('Say whom it is for').waitFor();
  await pick(owner);
  await dialogOf(owner).getByLabel('Amount').fill('120.00');
  await dialogOf(owner).getByLabel('It belongs to').selectOption(period);
  await dialogOf(owner).getByLabel('Reason').fill('Referral of a customer');
  await press(dialogOf(owner), 'Post the entry');
  await shown(owner, 'is in the ledger');
  await owner.locator('[data-entry="adjustment"]', { hasText: 'Referral' }).waitFor();
});

test('it is calculated, closed, and its statements are issued', async () => {
  await openPeriod(owner);
  await press(owner, 'Calculate');
  await owner.locator('.toast').first().waitFor();
  await press(owner, 'Close the period');
  await press(dialogOf(owner), 'Close the period');
  await shown(owner, 'is closed');
  await openPeriod(manager);
  await press(manager, 'Issue statements');
  await shown(manager, 'Statements are issued');
  const { statements } = await ask(rep, `/v1/statements?period=${period}`);
  const [newest] = statements;
  expect(newest).toMatchObject({ number: 2, state: 'issued' });
  statement = newest.id;
});

test('a dispute stands at the desk with its number, and is decided by the keyboard', async () => {
  const asked = { text: 'My part of the Konex deal is missing.' };
  await ask(rep, `/v1/statements/${statement}/disputes`, asked);
  await owner.goto(`${house.url}/manage/pay`);
  await owner.locator('nav [data-open="1"]').waitFor();
  await owner.getByRole('link', { name: /Disputes/ }).click();
  await owner.getByText('My part of the Konex deal').waitFor();
  await owner.getByRole('button', { name: 'Decide' }).focus();
  await owner.keyboard.press('Enter');
  await dialogOf(owner).getByLabel('Amount').fill('fifty');
  await dialogOf(owner)
    .getByLabel(/is told/)
    .fill('You are right: a fifth of it was yours.');
  await press(dialogOf(owner), 'Decide');
  await dialogOf(owner).getByText('Give an amount').waitFor();
  await dialogOf(owner).getByLabel('Amount').fill('50');
  await owner.keyboard.press('Enter');
  await shown(owner, 'is decided');
  await owner.getByText('No dispute is open').waitFor();
  await owner.locator('[data-dispute="accepted"]', { hasText: '50.00' }).waitFor();
});

test('rules say from which sum a code is needed', async () => {
  await owner.goto(`${house.url}/manage/pay/rules`);
  await owner.getByLabel(/Two approvals/).fill('');
  await owner.getByLabel(/With a code/).fill('many');
  await owner.getByText('Give an amount of zero or more').waitFor();
  await owner.getByLabel(/With a code/).fill('100');
  await press(owner, 'Save the rules');
  await shown(owner, 'The rules are saved');
});

let secret = '';
/** A code opens once: each is of a later stretch of time than the one before. */
let newest = 0;
const nextCode = async (): Promise<string> => {
  const STEP_MS = 30_000;
  const step = Math.max(newest + 1, Math.floor(Date.now() / STEP_MS));
  // The server takes a code that is one stretch early, and no earlier one.
  await until(() => Date.now() >= (step - 1) * STEP_MS, STEP_MS);
  newest = step;
  return totpAt(secret, step * STEP_MS);
};

test('an approval above the limit asks for a code, and whoever has none is led to it', async () => {
  await openPeriod(owner);
  await press(row(owner), /Approve/);
  await press(dialogOf(owner), 'Approve');
  await dialogOf(owner).getByText('you have not set it up').waitFor();
  await dialogOf(owner)
    .getByRole('link', { name: /Set up/ })
    .click();
  await owner.waitForSelector('[data-factor="off"]');
  await press(owner, 'Set up two-step verification');
  secret = (await owner.locator('[data-secret]').getAttribute('data-secret'))!;
  await dialogOf(owner).locator('input[name=code]').fill('000000');
  await owner.keyboard.press('Enter');
  await dialogOf(owner).getByText('not right').waitFor();
  await dialogOf(owner)
    .locator('input[name=code]')
    .fill(await nextCode());
  await owner.keyboard.press('Enter');
  await owner.locator('[data-recovery] li').nth(9).waitFor();
  await press(dialogOf(owner), 'I have kept them');
  await owner.waitForSelector('[data-factor="on"]');
});

test('with the code it is approved, and what is held back is not paid out', async () => {
  await owner.goto(`${house.url}/manage/pay/holds`);
  await press(owner, 'Hold back');
  await pick(owner);
  const entries = dialogOf(owner).getByLabel('What is held');
  const option = entries.locator('option', { hasText: '120.00' });
  await entries.selectOption((await option.getAttribute('value'))!);
  await dialogOf(owner).getByLabel('Reason').fill('The customer is checked');
  await press(dialogOf(owner), 'Hold back');
  await shown(owner, 'It is held back');
  await openPeriod(owner);
  await press(row(owner), /Approve/);
  await press(dialogOf(owner), 'Approve');
  await dialogOf(owner)
    .locator('input[name=code]')
    .fill(await nextCode());
  await owner.keyboard.press('Enter');
  await shown(owner, 'Approved');
  await row(owner).locator('[data-statement="final"]').waitFor();
  await press(owner, 'Pay out');
  await press(dialogOf(owner), 'Pay out');
  await shown(owner, 'The payout is made');
  const { total } = await ask(owner, `/v1/statements/${statement}`);
  const { payouts } = await ask(owner, '/v1/pay/payouts');
  expect(Number(payouts[0].total)).toBeCloseTo(Number(total) - 120, 2);
});

test('its file is the same to the last byte, twice', async () => {
  const hashes: string[] = [];
  for (let times = 0; times < 2; times += 1) {
    const file = owner.waitForEvent('download');
    await press(owner, 'CSV file');
    const bytes = await readFile((await (await file).path())!);
    hashes.push(createHash('sha256').update(bytes).digest('hex'));
  }
  const { payouts } = await ask(owner, '/v1/pay/payouts');
  expect(hashes).toEqual([payouts[0].exportHash, payouts[0].exportHash]);
});

test('what is released is paid out next, on a phone', async () => {
  await manager.goto(`${house.url}/manage/pay/holds`);
  await press(manager, 'Release');
  await dialogOf(manager).getByRole('textbox').fill('The customer is real');
  await press(dialogOf(manager), 'Release');
  await shown(manager, 'It is released');
  for (const part of ['', '/disputes', '/entries', '/holds', '/rules', `/${period}`]) {
    await manager.goto(`${house.url}/manage/pay${part}`);
    await manager.locator('main .card, main .empty').first().waitFor();
    const wide = await manager.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide, part).toBeLessThanOrEqual(360);
  }
  await openPeriod(owner);
  await press(owner, 'Pay out');
  await press(dialogOf(owner), 'Pay out');
  await shown(owner, 'The payout is made');
  const { payouts } = await ask(owner, '/v1/pay/payouts');
  expect(payouts.map((one: { total: string }) => one.total)[0]).toBe('120.00');
  expect(faults).toEqual([]);
});
