import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, TestHouse } from './house.fixture.ts';

/** An organisation that counts in rials and speaks in tomans: what it reads and what it types. */

let house: TestHouse;
let browser: Browser;
let owner: Page;
let person: string;
const faults: string[] = [];
const START_MS = 120_000;
const DEAL = '9435000000.00';
const TENTH_OF_DEAL = '943500000.00';

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start();
  browser = await openBrowser();
  owner = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  owner.on('pageerror', (error) => faults.push(error.message));
  const token = /setup\?token=(\S+)/.exec(house.output)?.[1] ?? '';
  await owner.goto(`${house.url}/sign-in?lang=en`);
  await ask('POST', '/v1/setup', {
    token,
    organisation: { name: 'Alborz', currency: 'IRR', timeZone: 'Asia/Tehran', language: 'en' },
    owner: { name: 'Sara Karimi', email: 'sara@alborz.example', password: 'a long pass phrase' },
  });
  person = (await ask('POST', '/v1/people', { name: 'Omid Navid' })).id;
}, START_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

/** Asks the API as the owner. */
const ask = (method: string, path: string, body?: object) =>
  owner.evaluate(
    async ([how, url, text]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: how, ...(text ? { headers, body: text } : {}) });
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
      return (await answer.json()) as any;
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );

const win = (id: string) =>
  ask('POST', '/v1/events', {
    ...{ id, type: 'deal.won', deal: id, person, amount: { amount: DEAL, currency: 'IRR' } },
    attributes: { account: 'Pars Polymer' },
  });

test('the owner says in which unit money is shown', async () => {
  await owner.goto(`${house.url}/manage/organisation`);
  const field = owner.getByLabel('Show money in');
  await field.waitFor();
  expect(await field.locator('option').allTextContents()).toEqual(['rial', 'toman']);
  await field.selectOption('toman');
  await owner.getByRole('button', { name: 'Save changes' }).click();
  await owner.locator('.toast', { hasText: 'The rules are saved' }).waitFor();
  expect((await ask('GET', '/v1/organisation')).settings.moneyUnit).toBe('toman');
});

async function openWall(lang: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const { url } = await ask('POST', '/v1/screens', { name: `Wall ${lang}` });
  const token = new URL(url as string).searchParams.get('screen')!;
  await context.addCookies([{ name: 'ovation_screen', value: token, url: house.url }]);
  const wall = await context.newPage();
  await wall.goto(`${house.url}/tv?slide=leaderboard&lang=${lang}`);
  await wall.waitForSelector('[data-live="live"]');
  return wall;
}

test('walls celebrate a win in tomans, each in its language', async () => {
  const [english, persian] = [await openWall('en'), await openWall('fa')];
  await win('big');
  const won = (wall: Page, worth: RegExp) =>
    wall.locator('[data-celebration]').filter({ hasText: worth }).waitFor();
  await Promise.all([won(english, /943\s*m\stoman/), won(persian, /۹۴۳\s*میلیون\sتومان/)]);
  for (const wall of [english, persian]) await wall.context().close();
});

test('a board, a deal and pay are in tomans, and what the API says in rials', async () => {
  await owner.goto(`${house.url}/manage/boards/revenue-month`);
  await owner.getByRole('columnheader', { name: 'million toman' }).waitFor();
  await owner.locator('td', { hasText: /^943$/ }).first().waitFor();
  await owner.goto(`${house.url}/manage/feed`);
  await owner.getByText('943,500,000\u00a0toman').first().waitFor();

  const measures = [{ id: 'sold', sum: 'amount', window: 'period' }];
  const components = [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }];
  const definition = { schema: 1, currency: 'IRR', measures, components };
  const today = new Date().toISOString().slice(0, 10);
  const from = `${today.slice(0, 4)}-01-01`;
  const plan = await ask('POST', '/v1/plans', { name: 'Field sales', from, definition });
  await ask('POST', `/v1/plans/${plan.id}/versions/1/approve`, {});
  await ask('POST', `/v1/plans/${plan.id}/assignments`, { person, from });
  await ask('POST', '/v1/pay/periods', { start: today });
  const [period] = (await ask('GET', '/v1/pay/periods')).periods;
  await ask('POST', `/v1/pay/periods/${period.id}/calculate`, {});
  const [counted] = (await ask('GET', '/v1/pay/periods')).periods;
  expect(counted.total).toBe(TENTH_OF_DEAL);
  await owner.goto(`${house.url}/manage/pay/${period.id}`);
  await owner.getByText('94,350,000\u00a0toman').first().waitFor();
});

test('what is typed is in rials, says so, and is told in tomans', async () => {
  await owner.goto(`${house.url}/manage/pay/rules`);
  const field = owner.locator('.field', { hasText: 'Two approvals from' });
  await field.getByText('rial', { exact: true }).waitFor();
  await field.getByRole('textbox').fill('15000000');
  await field.getByText('=\u00a01,500,000\u00a0toman').waitFor();
  await owner.getByRole('button', { name: 'Save the rules' }).click();
  await owner.locator('.toast').first().waitFor();
  expect((await ask('GET', '/v1/pay/rules')).secondFrom).toBe('15000000.00');
  expect(faults).toEqual([]);
});
