import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DemoRole,
  openBrowser,
  signInDemo,
  TestHouse,
  type Viewport,
} from './house.fixture.ts';

/** What a rep sees of their pay in the demonstration: the steps to it, at once, and their word. */

let house: TestHouse;
let browser: Browser;
let rep: Page;
const faults: string[] = [];
const DEMO_MS = 180_000;

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start([]);
  browser = await openBrowser();
  rep = await signIn('rep', { width: 360, height: 780 });
}, DEMO_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

const signIn = (as: DemoRole, viewport: Viewport) =>
  signInDemo({ browser, house, faults }, as, viewport);

/** Asks the API as whoever is signed in on a page. */
const ask = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([how, url, text]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: how, ...(text ? { headers, body: text } : {}) });
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
      return (await answer.json()) as any;
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );

const earned = (page: Page) => page.locator('[data-earned]').getAttribute('data-earned');
const minorOf = (text: string) => BigInt(text.replace('\u2212', '-').replaceAll(/[,.]/g, ''));

test('the steps on the page add up to the pay, and fit a phone', async () => {
  await rep.goto(`${house.url}/me/earnings`);
  await rep.waitForSelector('[data-part="total"]');
  const shown = await rep.locator('[data-part] dd').allInnerTexts();
  const sums = shown.map(minorOf);
  const total = sums.at(-1);
  expect(sums.slice(0, -1).reduce((sum, one) => sum + one, 0n)).toBe(total);
  expect(sums.length).toBeGreaterThan(2);
  const wide = await rep.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(360);
});

test('a deal that is won changes the figure before the rep’s eyes', async () => {
  await rep.waitForSelector('[data-live="live"]');
  const before = await earned(rep);
  const me = await ask(rep, 'GET', '/v1/pay/me');
  const key = /ovk_\S+/.exec(house.output)?.[0] ?? '';
  const event = {
    ...{ id: 'mine-1', type: 'deal.won', deal: 'mine-1', person: me.person.id },
    amount: { amount: '1000.00', currency: 'USD' },
    attributes: { product: 'Enterprise', account: 'Parsa & Sons' },
  };
  const said = await fetch(`${house.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  expect(said.status).toBe(201);
  await rep.waitForSelector(`[data-earned]:not([data-earned="${before}"])`);
  await rep.getByRole('status').filter({ hasText: 'Earned now' }).waitFor();
  await rep.getByText('Parsa & Sons').first().waitFor();
});

test('what came while the line was down is there when it is back', async () => {
  const before = await earned(rep);
  const me = await ask(rep, 'GET', '/v1/pay/me');
  await rep.context().setOffline(true);
  await rep.waitForSelector('[data-live]:not([data-live="live"])');
  const key = /ovk_\S+/.exec(house.output)?.[0] ?? '';
  const event = {
    ...{ id: 'mine-2', type: 'deal.won', deal: 'mine-2', person: me.person.id },
    ...{ amount: { amount: '500.00', currency: 'USD' }, attributes: { product: 'Enterprise' } },
  };
  await fetch(`${house.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  expect(await earned(rep)).toBe(before);
  await rep.context().setOffline(false);
  await rep.waitForSelector(`[data-earned]:not([data-earned="${before}"])`);
});

test('what the socket carries of pay is a number of an event and nothing else', async () => {
  const watcher = await signIn('rep', { width: 1440, height: 900 });
  const told: string[] = [];
  watcher.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => told.push(String(payload))),
  );
  await watcher.goto(`${house.url}/me/earnings`);
  await watcher.waitForSelector('[data-live="live"]');
  const me = await ask(watcher, 'GET', '/v1/pay/me');
  const owner = await signIn('owner', { width: 1440, height: 900 });
  const before = await earned(watcher);
  const adjusted = { person: me.person.id, amount: '12.34', reason: 'A round of thanks' };
  await ask(owner, 'POST', '/v1/pay/adjustments', adjusted);
  await watcher.getByText('A round of thanks').waitFor();
  const ofPay = told.filter((frame) => frame.includes('pay:changed'));
  expect(ofPay.length).toBeGreaterThan(0);
  for (const frame of ofPay) expect(frame).toMatch(/^42\/live,\["pay:changed",\{"seq":\d+\}\]$/);
  expect(await earned(watcher)).toBe(before);
});

test('a rep questions a line of a statement, and the answer stands beside it', async () => {
  await rep.goto(`${house.url}/me/earnings`);
  await rep.locator('a[href^="/me/earnings/sta_"]').first().click();
  await rep.waitForSelector('[data-statement="issued"]');
  const line = rep.locator('[data-line]').first();
  await line.getByRole('button', { name: 'Question this line' }).click();
  const dialog = rep.locator('dialog[open]');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText('Say what is wrong').waitFor();
  await dialog.getByRole('textbox').fill('The large deal is mine alone.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await line.locator('[data-dispute="open"]').waitFor();
  const wide = await rep.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(360);

  const id = new URL(rep.url()).pathname.split('/').at(-1)!;
  const owner = await signIn('owner', { width: 1440, height: 900 });
  const { disputes } = await ask(owner, 'GET', `/v1/statements/${id}`);
  const path = `/v1/statements/${id}/disputes/${disputes[0].id}/decision`;
  await ask(owner, 'POST', path, { decision: 'declined', answer: 'It was shared with Maya.' });
  await rep.reload();
  await line.locator('[data-dispute="declined"]').waitFor();
  await rep.locator('[data-step="declined"]').getByText('It was shared with Maya.').waitFor();
  // Whoever looks after the rep reads the same paper, in the frame of the desk.
  await owner.goto(`${house.url}/manage/pay/statements/${id}`);
  await owner.locator('nav a[href="/manage/pay"][aria-current="page"]').waitFor();
  await owner.locator('[data-step="declined"]').waitFor();
  expect(faults).toEqual([]);
});
