import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, TestHouse } from './house.fixture.ts';

/** A contest from the first key that is pressed to the wall that shows it. */

let house: TestHouse;
let browser: Browser;
let key: string;
let desk: Page;
let id: string;
const faults: string[] = [];
const DEMO_MS = 180_000;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start([]);
  key = (await readFile(join(house.folder, 'api-key'), 'utf8')).trim();
  browser = await openBrowser();
  desk = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  desk.on('pageerror', (error) => faults.push(error.message));
  await desk.goto(`${house.url}/sign-in?lang=en`);
  await desk.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ as: 'manager' });
    await fetch('/v1/sessions/demo', { method: 'POST', headers, body });
  });
}, DEMO_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
async function send(method: string, path: string, body?: object): Promise<any> {
  const answer = await fetch(house.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}
const iso = (at: number) => new Date(at).toISOString();

test('a draft begins with a template, by keyboard, and is kept as it is typed', async () => {
  await desk.goto(`${house.url}/manage/contests`);
  await desk.getByRole('button', { name: 'New contest' }).press('Enter');
  await desk.waitForURL(/\/edit$/);
  id = /contests\/(con_[a-z0-9]+)\/edit/.exec(desk.url())![1]!;
  await desk.locator('[data-template=sprint]').press('Enter');
  await desk.getByLabel('Name, as the wall shows it').fill('Keyboard cup');
  await desk.getByLabel('Name in Persian').fill('جام صفحه‌کلید');
  // What is not kept yet is kept while the page goes.
  await desk.reload();
  await desk.reload();
  await desk.locator('h1', { hasText: 'Keyboard cup' }).waitFor();
  expect((await send('GET', `/v1/contests/${id}`)).names).toEqual({ fa: 'جام صفحه‌کلید' });
});

test('every choice is replayed on the past and judged before it is published', async () => {
  await desk.locator('[data-step=scoring]').press('Enter');
  await desk.getByRole('heading', { level: 2, name: 'Scoring and ties' }).waitFor();
  // The heading of a step has the focus, so that keys go on from there.
  const focused = await desk.locator(':focus').textContent();
  expect(focused).toBe('Scoring and ties');
  await desk.locator('table tbody tr').nth(2).waitFor();
  expect(await desk.locator('.wall li').count()).toBe(5);
  const before = await desk.locator('.wall li .name').allTextContents();
  await desk.getByRole('radio', { name: /Most improved/ }).check();
  const names = async () => (await desk.locator('.wall li .name').allTextContents()).join();
  await expect
    .poll(names, { timeout: 10_000 })
    .not.toSatisfy((now: string) => now === '' || now === before.join());
  await desk.locator('[data-step=prizes]').press('Enter');
  await desk.getByLabel('Budget').fill('5');
  await desk.getByRole('button', { name: 'Another prize' }).press('Enter');
  const row = desk.locator('fieldset.prize').last();
  await row.getByLabel('What', { exact: true }).selectOption('money');
  await row.getByLabel('Amount').fill('500');
  await desk.locator('[data-step=publish]').press('Enter');
  await desk.getByText('The prizes cost more than the budget.').waitFor();
  expect(await desk.locator('[data-publish]').isDisabled()).toBe(true);
});

test('it is published, starts by itself, and a deal moves it on the wall', async () => {
  const { definition } = await send('GET', `/v1/contests/${id}`);
  const { budget: _, ...rules } = definition;
  await send('PATCH', `/v1/contests/${id}`, {
    definition: {
      ...rules,
      rules: { kind: 'highest' },
      scoring: { metric: 'revenue' },
      from: iso(Date.now() - HOUR_MS),
      to: iso(Date.now() + 5 * HOUR_MS),
    },
  });
  await desk.reload();
  await desk.locator('[data-step=publish]').press('Enter');
  await desk.locator('[data-publish]:not([disabled])').press('Enter');
  await desk.waitForURL(new RegExp(`/contests/${id}$`));
  await desk.locator('[data-phase=live]').first().waitFor();
  const wall = await (
    await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  ).newPage();
  wall.on('pageerror', (error) => faults.push(error.message));
  await wall.goto(`${house.url}/tv?slide=contest:${id}&lang=en`);
  await wall.locator('.slide.shown [data-place="1"]').waitFor();
  expect(await wall.locator('.slide.shown [data-countdown]').count()).toBe(1);
  const { people } = await send('GET', '/v1/people');
  const hero = people.at(-1).id as string;
  await send('POST', '/v1/events', {
    ...{ id: 'house-win', type: 'deal.won', deal: 'house-win', person: hero },
    amount: { amount: '990000', currency: 'USD' },
  });
  await wall.locator(`.slide.shown [data-place="1"][data-entrant="${hero}"]`).waitFor();
  await desk.locator(`tr[data-entrant="${hero}"]`).first().waitFor();
  expect(faults).toEqual([]);
});

test('all of it fits a phone of 360 px, in both languages', async () => {
  await desk.setViewportSize({ width: 360, height: 780 });
  for (const language of ['en', 'fa']) {
    for (const path of [
      '/manage/contests',
      `/manage/contests/${id}`,
      `/manage/contests/${id}/edit`,
    ]) {
      await desk.goto(`${house.url}${path}?lang=${language}`);
      await desk.locator('h1').first().waitFor();
      const wide = await desk.locator('html').evaluate((page) => page.scrollWidth);
      expect([language, path, wide]).toEqual([language, path, 360]);
    }
  }
});
