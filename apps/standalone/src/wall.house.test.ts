import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, TestHouse, until } from './house.fixture.ts';

let house: TestHouse;
let browser: Browser;
beforeAll(async () => {
  house = await TestHouse.make();
  await house.start();
  for (const name of ['Ana', 'Bo', '<b>Cy</b> \u202Eevil 🏆']) {
    await house.send('POST', '/v1/people', { name, aliases: [name.slice(0, 6)] });
  }
  const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
  await house.win('first', 'Ana', '5000.00', { occurredAt: yesterday });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

async function openWall(query = ''): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const token = new URL(await house.screen()).searchParams.get('screen')!;
  await context.addCookies([{ name: 'ovation_screen', value: token, url: house.url }]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${house.url}/tv?slide=leaderboard${query}`);
  await page.waitForSelector('[data-live="live"]');
  return { page, faults };
}

const ranks = (page: Page) =>
  page.$$eval('[data-row]', (rows) =>
    rows
      .map((row) => [row.getAttribute('data-rank'), row.querySelector('bdi')?.textContent])
      .sort((a, b) => Number(a[0]) - Number(b[0]))
      .map(([rank, name]) => `${rank} ${name}`),
  );

test('a deal moves its row and is celebrated on the wall', async () => {
  const { page, faults } = await openWall();
  await until(async () => (await ranks(page))[0] === '1 Ana');
  const before = await page.$eval('[data-rank="1"]', (row) => row.getAttribute('data-row'));
  const posted = performance.now();
  expect((await house.win('big', 'Bo', '9000.00')).status).toBe(201);
  await until(async () => (await ranks(page))[0] === '1 Bo');
  expect(performance.now() - posted).toBeLessThan(5_000);
  const after = await page.$eval('[data-rank="1"]', (row) => row.getAttribute('data-row'));
  expect(after).not.toBe(before);
  const takeover = await page.waitForSelector('[data-celebration]');
  expect(await takeover.textContent()).toContain('Bo');
  await page.waitForSelector('[data-celebration]', { state: 'detached', timeout: 20_000 });
  expect(faults).toEqual([]);
  await page.context().close();
});

test('names with markup, overrides and emoji are text and nothing else', async () => {
  const { page, faults } = await openWall();
  await until(async () => (await ranks(page)).some((line) => line.includes('<b>Cy</b>')));
  expect(await page.$$eval('[data-row] b', (all) => all.length)).toBe(0);
  expect(await page.content()).not.toContain('\u202E');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the Persian wall is right to left with Persian digits', async () => {
  const { page } = await openWall('&lang=fa');
  expect(await page.$eval('html', (html) => [html.dir, html.lang])).toEqual(['rtl', 'fa']);
  await until(async () => /[۰-۹]/.test((await page.textContent('[data-rank="1"]')) ?? ''));
  await page.context().close();
});

test('a wall whose server is killed keeps its board, says so, and resumes without a replay', async () => {
  const { page, faults } = await openWall();
  await until(async () => (await ranks(page)).length === 3);
  await house.end('SIGKILL');
  await page.waitForSelector('[data-live="offline"]', { timeout: 30_000 });
  expect((await ranks(page)).length).toBe(3);
  await house.start();
  await house.win('while-away', 'Ana', '20000.00', {
    occurredAt: new Date(Date.now() - 26 * 3_600_000).toISOString(),
  });
  await page.waitForSelector('[data-live="live"]', { timeout: 30_000 });
  await until(async () => (await ranks(page))[0] === '1 Ana');
  expect(await page.$('[data-celebration]')).toBeNull();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the link that a manager hands out connects a screen', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await house.screen());
  expect(new URL(page.url()).search).toBe('');
  await page.waitForSelector('[data-row]');
  await context.close();
});

test('nobody sees a wall, a floor or a number without a right to it', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${house.url}/tv`);
  expect(await page.$('[data-row]')).toBeNull();
  expect(await page.$('[data-not-connected]')).not.toBeNull();
  const desk = await context.newPage();
  await desk.goto(`${house.url}/manage`);
  expect(desk.url()).toContain('/sign-in');
  expect((await fetch(`${house.url}/v1/boards/revenue-all`)).status).toBe(401);
  expect((await fetch(`${house.url}/v1/ticket`)).status).toBe(401);
  await context.close();
});
