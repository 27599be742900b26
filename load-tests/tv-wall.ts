import { check, fail } from 'k6';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { WebSocket } from 'k6/websockets';
import { connectFrame, eventFrame, PONG, readFrame, socketAddress } from './lib/socketio-frames.js';
import { THRESHOLDS } from './thresholds.js';

/** Walls that watch one board. Run `quarter-end.ts` beside it, or there is nothing to see. */

const URL = __ENV['OVATION_URL'] ?? 'http://127.0.0.1:3000';
const KEY = __ENV['OVATION_KEY'] ?? '';
const SCREENS = Number(__ENV['SCREENS'] ?? '500');
const SECONDS = Number(__ENV['SECONDS'] ?? '60');
const WATCHED = { board: 'revenue-month', view: 'top:10' };

const frameAge = new Trend('frame_age', true);

export const options: Options = {
  scenarios: {
    walls: { executor: 'per-vu-iterations', vus: SCREENS, iterations: 1, maxDuration: '30m' },
  },
  thresholds: {
    frame_age: [`p(99)<${THRESHOLDS.frameP99Ms}`],
    checks: ['rate==1'],
  },
};

/** One screen for all: a token may connect any number of browsers. */
export function setup(): { token: string } {
  const answer = http.post(`${URL}/v1/screens`, JSON.stringify({ name: 'Load test' }), {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
  });
  const { url } = answer.json() as { url?: string };
  const token = url?.split('screen=')[1];
  if (token === undefined) fail(`no screen: ${answer.status} ${String(answer.body)}`);
  return { token };
}

export default function ({ token }: { token: string }): void {
  const answer = http.get(`${URL}/v1/ticket`, { headers: { cookie: `ovation_screen=${token}` } });
  const { ticket } = answer.json() as { ticket: string };
  const socket = new WebSocket(socketAddress(URL));
  let watching = false;
  socket.onmessage = (message) => {
    const frame = readFrame(String((message as { data?: unknown } | undefined)?.data ?? ''));
    if (frame.kind === 'open') socket.send(connectFrame('/screen', { ticket }));
    else if (frame.kind === 'ping') socket.send(PONG);
    else if (frame.kind === 'connected') {
      socket.send(eventFrame('/screen', 'board:watch', [WATCHED], 1));
    } else if (frame.kind === 'answer') watching = frame.args[0]?.kind === 'snapshot';
    else if (frame.kind === 'event' && frame.name === 'board:delta') {
      frameAge.add(Date.now() - frame.args[0].at);
    }
  };
  setTimeout(() => {
    check(watching, { 'the wall shows the board': (shown) => shown });
    socket.close();
  }, SECONDS * 1_000);
}
