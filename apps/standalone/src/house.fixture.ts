import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@ovation/embedded';
import { chromium, type Browser, type Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const KEY = 'ovk_house_test_key_123456';
const START_MS = 60_000;

/** The built product in a process of its own, on a data folder of its own. */
export class TestHouse {
  readonly folder: string;
  readonly port: number;
  readonly #env: Record<string, string | undefined>;
  #child: ChildProcess | undefined;
  output = '';

  private constructor(folder: string, port: number, env: Record<string, string | undefined>) {
    this.folder = folder;
    this.port = port;
    this.#env = env;
  }

  /** A variable that is `undefined` is not set: without `OVATION_BOOTSTRAP_KEY` it is a demo. */
  static async make(env: Record<string, string | undefined> = {}): Promise<TestHouse> {
    const folder = await mkdtemp(join(tmpdir(), 'ovation-house-'));
    return new TestHouse(folder, await freePort(), env);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(args: readonly string[] = ['--empty']): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, 'tools/start.mjs'), ...args], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        OVATION_DATA: this.folder,
        PORT: String(this.port),
        OVATION_BOOTSTRAP_KEY: KEY,
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let died = false;
    child.once('exit', () => (died = true));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += String(chunk)));
    }
    await until(
      () => died || this.#answers(),
      START_MS,
      () => this.output,
    );
    if (died) throw new Error(`the house did not start:\n${this.output}`);
  }

  async #answers(): Promise<boolean> {
    const [live, ready] = [await fetchOk(`${this.url}/livez`), this.output.includes('is live')];
    return live && ready;
  }

  /** Ends the process and waits for its end. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child!;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    this.output = '';
    return ended;
  }

  async remove(): Promise<void> {
    if (this.#child) await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
  async send(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  win(id: string, person: string, amount: string, extra: object = {}): Promise<{ status: number }> {
    const money = { amount, currency: 'USD' };
    const event = { id, type: 'deal.won', deal: id, person, amount: money, ...extra };
    return this.send('POST', '/v1/events', event);
  }

  /** A screen's link, to be opened once. */
  async screen(): Promise<string> {
    return (await this.send('POST', '/v1/screens', { name: 'Wall' })).body.url as string;
  }
}

async function fetchOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Waits for what is meant; fails loudly when it does not come. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs = 15_000,
  explain: () => string = () => '',
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`it did not come true\n${explain()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A real browser: `$CHROMIUM`, an installed one, or on Linux x64 the one in the npm package. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await browserPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  });
}

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

async function browserPath(): Promise<string> {
  const asked = process.env['CHROMIUM'];
  if (asked) return asked;
  const found = INSTALLED.find((path) => existsSync(path));
  if (found) return found;
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser();
  throw new Error('No browser was found. Install Chromium, or set CHROMIUM to its path.');
}

/** The npm package carries the libraries a bare machine lacks; it unpacks them when told so. */
async function packagedBrowser(): Promise<string> {
  const folder = join(tmpdir(), `ovation-chromium-147-${process.getuid?.() ?? 0}`);
  const before = { tmp: process.env['TMPDIR'], aws: process.env['AWS_EXECUTION_ENV'] };
  const { mkdirSync } = await import('node:fs');
  mkdirSync(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs22.x';
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } finally {
    if (before.tmp === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before.tmp;
    if (before.aws === undefined) delete process.env['AWS_EXECUTION_ENV'];
  }
}

export type DemoRole = 'owner' | 'manager' | 'rep';
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A page of the demonstration with somebody signed in; what fails on it goes to `faults`. */
export async function signInDemo(
  at: { readonly browser: Browser; readonly house: TestHouse; readonly faults: string[] },
  as: DemoRole,
  viewport: Viewport,
): Promise<Page> {
  const context = await at.browser.newContext({ viewport });
  const tab = await context.newPage();
  tab.on('pageerror', (error) => at.faults.push(error.message));
  await tab.goto(`${at.house.url}/sign-in?lang=en`);
  await tab.evaluate(async (role) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ as: role });
    await fetch('/v1/sessions/demo', { method: 'POST', headers, body });
  }, as);
  return tab;
}
