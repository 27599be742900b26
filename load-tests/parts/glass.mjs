/* global document, requestAnimationFrame -- in the page */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { rounded, sleep, spread } from '../lib/figures.mjs';
import { nextEvent, windowOfRun } from './events.mjs';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PAINTS = 20;
const PER_SECOND = 60;

/**
 * A real browser on a real wall: from sending an event to the frame painted after its row changed,
 * and how much of the main thread 60 events a second take against the same wall left alone.
 * `undefined` where no browser is installed.
 */
export async function glass(house, seconds) {
  const executablePath = process.env.CHROMIUM ?? INSTALLED.find((path) => existsSync(path));
  if (!executablePath) return undefined;
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
  ];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await openWall(browser, house);
    const painted = [];
    for (let n = 0; n < PAINTS; n += 1) {
      painted.push(await paintedAfter(page, house));
      await sleep(600);
    }
    const idle = await mainThread(page, seconds);
    const [busy] = await Promise.all([mainThread(page, seconds), sell(house, seconds)]);
    return {
      ...spread('painted', painted),
      idleShare: rounded(idle, 4),
      busyShare: rounded(busy, 4),
      busyToIdle: rounded(busy / idle, 1),
    };
  } finally {
    await browser.close();
  }
}

async function openWall(browser, house) {
  const { url } = await house.call('POST', '/v1/screens', { name: 'Glass' });
  const value = new URL(url).searchParams.get('screen');
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await context.addCookies([{ name: 'ovation_screen', value, url: house.url }]);
  const page = await context.newPage();
  await page.goto(`${house.url}/tv?slide=leaderboard`);
  await page.waitForSelector('[data-live="live"]');
  return page;
}

const send = (house) =>
  house.call('POST', '/v1/events', JSON.parse(nextEvent(windowOfRun().occurredAt)));

async function paintedAfter(page, house) {
  const sentAt = Date.now();
  const { seq } = await send(house);
  const shown = await page.waitForFunction(
    (wanted) => {
      const board = document.querySelector('[data-version]');
      if (!board || Number(board.getAttribute('data-version')) < wanted) return false;
      return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(Date.now()))));
    },
    seq,
    { polling: 'raf' },
  );
  return (await shown.jsonValue()) - sentAt;
}

/** Share of the time that the page's main thread was at work. */
async function mainThread(page, seconds) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name) => metrics.find((metric) => metric.name === name).value;
    return { busy: value('TaskDuration'), at: value('Timestamp') };
  };
  const before = await read();
  await sleep(seconds * 1_000);
  const after = await read();
  await session.detach();
  return (after.busy - before.busy) / (after.at - before.at);
}

async function sell(house, seconds) {
  const until = performance.now() + seconds * 1_000;
  const sending = [];
  while (performance.now() < until) {
    sending.push(send(house));
    await sleep(1_000 / PER_SECOND);
  }
  await Promise.all(sending);
}
