import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DemoRole,
  openBrowser,
  signInDemo,
  TestHouse,
  until,
  type Viewport,
} from './house.fixture.ts';

/** The working day of a manager and a rep, as they use the pages of the demonstration. */

let house: TestHouse;
let browser: Browser;
let key: string;
let manager: Page;
let rep: Page;
const faults: string[] = [];
const DEMO_MS = 180_000;

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start([]);
  key = (await readFile(join(house.folder, 'api-key'), 'utf8')).trim();
  browser = await openBrowser();
  manager = await signIn('manager', { width: 1440, height: 900 });
  rep = await signIn('rep', { width: 360, height: 780 });
}, DEMO_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

const signIn = (as: DemoRole, viewport: Viewport) =>
  signInDemo({ browser, house, faults }, as, viewport);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
async function send(method: string, path: string, body?: object): Promise<any> {
  const answer = await fetch(house.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return text === '' ? null : JSON.parse(text);
}

const win = (id: string, person: string, amount: string) =>
  send('POST', '/v1/events', {
    ...{ id, type: 'deal.won', deal: id, person },
    amount: { amount, currency: 'USD' },
  });

const order = (page: Page) =>
  page.$$eval('tr[data-person]', (rows) => rows.map((row) => row.getAttribute('data-person')!));
const shown = (page: Page, text: string) =>
  page.locator('.toast', { hasText: text }).first().waitFor();

test('rows stay under the pointer while changes wait, and move when it leaves', async () => {
  await manager.goto(`${house.url}/manage`);
  await manager.waitForSelector('[data-word]');
  const first = manager.locator('tbody[data-team]').first();
  const people = await first
    .locator('tr[data-person]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-person')!));
  const last = people.at(-1)!;
  const pointed = first.locator('tr[data-person]').first();
  await pointed.hover();
  await manager.getByText('Order held while you point.').waitFor();
  const before = await order(manager);
  await win('leap', last, '900000.00');
  // The figure follows at once, its row does not.
  const row = manager.locator(`tr[data-person="${last}"]`);
  await until(async () => ((await row.textContent()) ?? '').includes('900'));
  await manager.waitForSelector('[data-waiting]');
  expect(await order(manager)).toEqual(before);
  // What a row offers is reached where the pointer is.
  await pointed.getByRole('button', { name: /^Note: / }).click();
  await manager.getByRole('textbox', { name: 'Note' }).fill('Ask about the quarter');
  await manager.getByRole('button', { name: 'Save the note' }).click();
  await shown(manager, 'The note is saved');
  await manager.mouse.move(4, 4);
  await manager.locator('h1').first().click();
  await until(async () => (await order(manager)).indexOf(last) < before.indexOf(last));
  expect(await manager.$('[data-waiting]')).toBeNull();
});

test('a deal that a rep enters waits for the manager, and counts once it is approved', async () => {
  await send('PATCH', '/v1/organisation', { approval: { needs: 'deals', above: '1000' } });
  await rep.goto(`${house.url}/me`);
  await rep.getByRole('button', { name: 'Log', exact: true }).click();
  await rep.locator('[data-log="call"]').click();
  await shown(rep, 'Call is logged');
  await rep.getByRole('button', { name: 'Log', exact: true }).click();
  await rep.locator('[data-log="deal"]').click();
  await rep.locator('input[name="amount"]').fill('76,543');
  await rep.locator('input[name="account"]').fill('Isdom');
  await rep.getByRole('button', { name: 'Log the deal' }).click();
  await shown(rep, 'waits for your manager');
  await rep.waitForSelector('[data-entry="waiting"]');
  const wide = await rep.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(360);

  await manager.goto(`${house.url}/manage/approvals`);
  const card = manager.locator('li[data-entry]', { hasText: 'Isdom' });
  await card.getByText('76.5 k USD').waitFor();
  await card.getByRole('button', { name: 'Approve' }).click();
  await shown(manager, 'counts');
  await card.waitFor({ state: 'detached' });
  await until(async () => (await rep.$$('[data-entry="counted"]')).length === 2);
  const person = await personOf(rep);
  const { events } = await send('GET', `/v1/people/${person.id}/events?limit=5`);
  expect(events).toContainEqual(
    expect.objectContaining({ account: 'Isdom', counted: true, type: 'deal.won' }),
  );
});

test('a correction shows its effect before it is decided, and the board follows', async () => {
  const person = await personOf(rep);
  const value = async () => {
    const { rows } = await send('GET', `/v1/boards/revenue-month?around=${person.id}`);
    return Number(
      rows.find((one: { entity: { id: string } }) => one.entity.id === person.id).value,
    );
  };
  const before = await value();
  const line = rep.locator('li', { hasText: 'Isdom' }).first();
  await line.getByRole('button', { name: /^Correct/ }).click();
  await rep.locator('input[name="amount"]').fill('100543');
  await rep.locator('textarea[name="reason"]').fill('The invoice says so');
  await rep.locator('[data-effect="revenue-month"]').waitFor();
  await rep.getByRole('button', { name: 'Ask for it' }).click();
  await shown(rep, 'waits for a manager');
  expect(await value()).toBe(before);

  await manager.goto(`${house.url}/manage/approvals`);
  const card = manager.locator('li[data-correction]', { hasText: 'The invoice says so' });
  await card.locator('[data-effect="revenue-month"]').waitFor();
  await card.getByRole('button', { name: 'Approve' }).click();
  await card.waitFor({ state: 'detached' });
  await until(async () => (await value()) === before + 24_000);
  await manager.locator('[data-decided]', { hasText: 'corrected' }).first().waitFor();
});

test('an announcement is on the wall and on the page, and both return by themselves', async () => {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const token = (await readFile(join(house.folder, 'demo-screen'), 'utf8')).trim();
  await context.addCookies([{ name: 'ovation_screen', value: token, url: house.url }]);
  const wall = await context.newPage();
  await wall.goto(`${house.url}/tv?slide=leaderboard`);
  await wall.waitForSelector('[data-live="live"]');
  const box = () => wall.$eval('[data-rank="1"]', (row) => row.getBoundingClientRect().top);
  const top = await box();

  await manager.goto(`${house.url}/manage/announcements`);
  await manager.locator('textarea[name="text"]').fill('Cake in the kitchen');
  await manager.locator('select[name="level"]').selectOption('important');
  await manager.getByRole('button', { name: 'Announce' }).click();
  await wall.locator('[data-announcement]', { hasText: 'Cake in the kitchen' }).waitFor();
  expect(await box()).toBe(top);
  await rep.locator('[data-announcement]', { hasText: 'Cake' }).waitFor();
  // A wall that comes late shows it too.
  const late = await context.newPage();
  await late.goto(`${house.url}/tv?slide=leaderboard`);
  await late.locator('[data-announcement]', { hasText: 'Cake' }).waitFor();

  await manager.getByRole('button', { name: 'Take it off' }).click();
  await wall.locator('[data-announcement]').waitFor({ state: 'detached' });
  await rep.locator('[data-announcement]').waitFor({ state: 'detached' });
  await context.close();
  expect(faults).toEqual([]);
});

/** Who a page is signed in as. */
async function personOf(page: Page): Promise<{ readonly id: string }> {
  const viewer = await page.evaluate(async () => (await fetch('/v1/viewer')).json());
  return (viewer as { person: { readonly id: string } }).person;
}
