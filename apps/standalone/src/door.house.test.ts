import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, TestHouse, until } from './house.fixture.ts';

/** The pages for what happens at the door, as the owner of the demonstration uses them. */

let house: TestHouse;
let browser: Browser;
let page: Page;
let key: string;
const faults: string[] = [];
const DEMO_MS = 120_000;
const PAGES_MS = 180_000;
const ANSWERS_MS = 40_000;

beforeAll(async () => {
  house = await TestHouse.make({ OVATION_BOOTSTRAP_KEY: undefined });
  await house.start([]);
  key = (await readFile(join(house.folder, 'api-key'), 'utf8')).trim();
  browser = await openBrowser();
  page = await owner({ width: 1280, height: 900 });
}, DEMO_MS);
afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

async function owner(viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const tab = await context.newPage();
  tab.on('pageerror', (error) => faults.push(error.message));
  await tab.goto(`${house.url}/sign-in?lang=en`);
  await tab.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ as: 'owner' });
    await fetch('/v1/sessions/demo', { method: 'POST', headers, body });
  });
  return tab;
}

async function send(event: object, secret = key): Promise<number> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const body = JSON.stringify(event);
  const answer = await fetch(`${house.url}/v1/events`, { method: 'POST', headers, body });
  return answer.status;
}

/** Waits until a page has asked for its counts, so that it listens, and has every answer. */
function answers(tab: Page): () => Promise<void> {
  const open = new Set<string>();
  let counted = false;
  tab.on('request', (request) => {
    if (request.isNavigationRequest()) {
      counted = false;
      // What the page before still asked for is nobody's any more.
      open.clear();
    } else if (request.url().includes('/v1/')) open.add(request.url());
    if (request.url().endsWith('/v1/sources')) counted = true;
  });
  tab.on('requestfinished', (request) => open.delete(request.url()));
  tab.on('requestfailed', (request) => open.delete(request.url()));
  const state = () => `${tab.url()}: ${counted ? [...open].join(' ') : 'not counted'}`;
  return () => until(() => counted && open.size === 0, ANSWERS_MS, state);
}

/** What the signed-in owner is answered. */
const read = <T>(path: string): Promise<T> =>
  page.evaluate(async (url) => (await fetch(url)).json(), path) as Promise<T>;

const shown = (text: string) => page.locator('.toast', { hasText: text }).first().waitFor();

test('a stranger is a person by one click, at once and back again', async () => {
  const amount = { amount: '1200.50', currency: 'USD' };
  const event = { type: 'deal.won', deal: 'stray', person: 'Sofia Rosi', amount };
  expect(await send({ id: 'stray', ...event })).toBe(201);
  const { people } = await read<{ people: { id: string; name: string }[] }>('/v1/people');
  const sofia = people.find(({ name }) => name === 'Sofia Rossi')!.id;
  const hers = async () => {
    const path = `/v1/people/${sofia}/events?limit=5`;
    const { events } = await read<{ events: { id: string; counted: boolean }[] }>(path);
    return events.some(({ id, counted }) => id === 'stray' && counted);
  };
  await page.goto(`${house.url}/manage/unmatched`);
  const card = page.locator('[data-subject]', { hasText: 'sofia rosi' });
  await card.getByRole('button', { name: 'This is Sofia Rossi' }).click();
  await shown('sofia rosi is Sofia Rossi: 1 event is credited');
  await card.waitFor({ state: 'detached' });
  await until(hers);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await card.waitFor();
  await until(async () => !(await hers()));
});

test('a held delivery is mended where it fails and counts', async () => {
  const amount = { amount: '12,50', currency: 'USD' };
  const event = { type: 'deal.won', deal: 'held', person: 'Sofia Rossi', amount };
  expect(await send({ id: 'held-page', ...event })).toBe(422);
  await page.goto(`${house.url}/manage/quarantine`);
  const row = page.locator('[data-delivery]', { hasText: 'held-page' });
  await row.locator('summary').click();
  const body = row.locator('[data-delivery-body]');
  const text = await body.inputValue();
  const line = text.split('\n').findIndex((one) => one.includes('12,50')) + 1;
  expect(await row.locator('.note').innerText()).toContain(`Line ${line}.`);
  await body.fill(text.replace('12,50', 'twelve'));
  await row.getByRole('button', { name: 'Replay as edited' }).click();
  await row.getByText('not "twelve"').waitFor();
  await body.fill(text.replace('12,50', '12.50'));
  await row.getByRole('button', { name: 'Replay as edited' }).click();
  await shown('Taken: it counts from now on');
  await row.waitFor({ state: 'detached' });
});

test('a key is shown once, opens the door, and is shut with a word', async () => {
  await page.goto(`${house.url}/manage/sources`);
  // The list is there once the page listens.
  await page.locator('[data-source]').first().waitFor();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Telephony');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const secret = await page.locator('[data-key-secret]').inputValue();
  expect(await page.locator('pre').innerText()).toContain(`Bearer ${secret}`);
  const call = { type: 'activity.logged', activity: 'call', person: 'Sofia Rossi' };
  expect(await send({ id: 'by-new-key', ...call }, secret)).toBe(201);
  await page.getByRole('button', { name: 'Done' }).click();
  expect(await page.content()).not.toContain(secret);
  const line = page.locator('[data-key]', { hasText: 'Telephony' });
  await line.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('button', { name: 'Yes, revoke' }).click();
  await shown('Telephony is revoked');
  expect(await send({ id: 'by-dead-key', ...call }, secret)).toBe(401);
});

test('a move is dated, stays in the history, and the audit says who made it', async () => {
  await page.goto(`${house.url}/manage/people`);
  await page.getByRole('button', { name: 'Amina Diallo' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Team').first().selectOption({ label: 'Damavand' });
  await dialog.getByLabel('From').first().fill('1405/08/10');
  await dialog.getByRole('button', { name: 'Save' }).first().click();
  await shown('Amina Diallo is saved');
  await page.getByRole('button', { name: 'Amina Diallo' }).click();
  await page.getByText('from 1 November 2026').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${house.url}/manage/audit`);
  const change = page.locator('[data-change]', { hasText: 'Amina Diallo' }).first();
  expect((await change.innerText()).replace(/\s+/g, ' ')).toMatch(/Mahsa Tavakoli.*Damavand/);
});

test(
  'every page is reached from the menu of a small phone and fits it, both ways',
  async () => {
    const phone = await owner({ width: 360, height: 740 });
    const settled = answers(phone);
    await phone.goto(`${house.url}/manage`);
    await settled();
    await phone.getByRole('button', { name: /^Menu/ }).click();
    const links = phone.locator('#menu a[href^="/manage"]');
    const paths = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    expect(paths.length).toBeGreaterThan(10);
    const misfits: string[] = [];
    for (const lang of ['en', 'fa']) {
      for (const path of paths) {
        const answer = await phone.goto(`${house.url}${path}?lang=${lang}`);
        await settled();
        const spill = await phone
          .locator('html')
          .evaluate((page) => page.scrollWidth - page.clientWidth);
        if (answer?.status() !== 200) misfits.push(`${path}: ${answer?.status()}`);
        if (spill > 0) misfits.push(`${path} in ${lang}: ${spill} pixels too wide`);
      }
    }
    expect(misfits).toEqual([]);
    expect(faults).toEqual([]);
  },
  PAGES_MS,
);
