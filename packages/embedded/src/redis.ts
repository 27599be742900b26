import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityFor } from './identity.ts';
import { freePort } from './port.ts';

export interface EmbeddedRedis {
  /** `redis://:password@127.0.0.1:port`. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const POLL_MS = 20;
const READY_TIMEOUT_MS = 5_000;
const PROGRAMS = ['redis-server', 'valkey-server'];

/**
 * The shell holds our end of a pipe: when we die, however, the pipe closes and takes Redis along.
 * Nothing is lost by that, since Redis here only rings bells. The password comes by the pipe, not by
 * arguments, which every user of the machine can read.
 */
const KEEPER = `
program=$1 port=$2 folder=$3
command -v "$program" >/dev/null || exit 127
IFS= read -r password
printf '%s\\n' "port $port" "bind 127.0.0.1" "requirepass $password" 'save ""' "appendonly no" \
  "daemonize no" "dir $folder" | "$program" - >/dev/null 2>&1 &
redis=$!
echo "$redis"
exec 3<&0 >/dev/null
(cat <&3; kill "$redis") 2>/dev/null &
wait "$redis"
`;

/**
 * A private Redis (or Valkey) of this machine on 127.0.0.1, with a password and without persistence.
 * Resolves with `undefined` where no server is on PATH or none will start: the bus then stays in
 * our process. Ends with us, however we end.
 */
export async function startRedis(
  options: { port?: number } = {},
): Promise<EmbeddedRedis | undefined> {
  if (process.platform === 'win32') return undefined;
  for (const program of PROGRAMS) {
    const started = await start(program, options.port ?? (await freePort()));
    if (started) return started;
  }
  return undefined;
}

async function start(program: string, port: number): Promise<EmbeddedRedis | undefined> {
  const password = randomBytes(24).toString('base64url');
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', program, String(port), tmpdir()], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Ctrl-C is for us: what still drains may want to ring.
    detached: true,
    ...(await identityFor(tmpdir())),
  });
  // The shell may be gone before it reads: that is then seen as an end without an answer.
  keeper.stdin?.on('error', () => undefined);
  keeper.stdin?.write(`${password}\n`);
  keeper.once('exit', () => keeper.stdin?.destroy());
  const pid = await firstNumber(keeper);
  if (pid === undefined || !(await isReady(keeper, port, password))) {
    await stop(keeper);
    return undefined;
  }
  return { url: `redis://:${password}@127.0.0.1:${port}`, pid, stop: () => stop(keeper) };
}

/** The pid that the keeper prints first, or `undefined` where it ends without. */
function firstNumber(keeper: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => {
    keeper.stdout?.once('data', (line: Buffer) => resolve(Number(line.toString())));
    keeper.once('error', () => resolve(undefined));
    keeper.once('exit', () => resolve(undefined));
  });
}

async function isReady(keeper: ChildProcess, port: number, password: string): Promise<boolean> {
  for (let waited = 0; waited < READY_TIMEOUT_MS; waited += POLL_MS) {
    if (hasEnded(keeper)) return false;
    if (await answers(port, password)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function answers(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    let heard = '';
    socket.setTimeout(1_000, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (part: Buffer) => {
      heard += part.toString();
      if (heard.includes('+PONG')) settle(true);
      else if (heard.includes('-')) settle(false);
    });
  });
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (hasEnded(keeper)) return;
  const ended = new Promise<void>((done) => keeper.once('exit', () => done()));
  keeper.stdin?.end();
  await ended;
}

const hasEnded = (keeper: ChildProcess): boolean =>
  keeper.pid === undefined || keeper.exitCode !== null || keeper.signalCode !== null;
