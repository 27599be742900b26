import { io } from 'socket.io-client';
import { sleep, spread } from '../lib/figures.mjs';
import { openPosts } from '../lib/post-client.mjs';
import { nextEvent, windowOfRun } from './events.mjs';

const TICK_MS = 10;
const CONNECTING_AT_ONCE = 50;
const IN_FLIGHT = 64;

async function ticketOf(house) {
  const { url } = await house.call('POST', '/v1/screens', { name: 'Load test' });
  const token = new URL(url).searchParams.get('screen');
  const headers = { cookie: `ovation_screen=${token}` };
  return (await (await fetch(`${house.url}/v1/ticket`, { headers })).json()).ticket;
}

/** Screens that watch the first ten of a board, in turn of several boards. */
export async function openWalls(house, count, boards, onFrame) {
  const ticket = await ticketOf(house);
  const sockets = [];
  const one = async (n) => {
    const board = boards[n % boards.length];
    const options = { transports: ['websocket'], forceNew: true, auth: { ticket } };
    const socket = io(`${house.url}/screen`, options);
    sockets.push(socket);
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const first = sockets[0] === socket;
    socket.on('board:delta', (frame) => onFrame(frame, first));
    const answer = await socket.emitWithAck('board:watch', { board, view: 'top:10' });
    if (answer.kind !== 'snapshot') throw new Error(`watching was refused: ${answer.code}`);
  };
  for (let made = 0; made < count; made += CONNECTING_AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(CONNECTING_AT_ONCE, count - made) }, (_, n) => one(made + n)),
    );
  }
  return () => sockets.forEach((socket) => socket.disconnect());
}

/**
 * Events at a constant rate while screens watch. `frame`: from the commit of the newest event in a
 * frame to its arrival at a screen. `event`: from sending an event to the first frame of one screen
 * that holds it, which the pace of walls (two frames a second) is part of. A frame after the last
 * event waits for that pace alone, up to half a second by chance: it is not counted.
 */
export async function walls(house, { screens, perSecond, seconds, reps }) {
  const { occurredAt, board } = windowOfRun();
  const frames = [];
  const events = [];
  const sent = new Map();
  let unseenFrom = 0;
  let going = true;
  const onFrame = (frame, first) => {
    const now = Date.now();
    if (going) frames.push(now - frame.at);
    if (!first) return;
    for (const [seq, at] of sent) {
      if (seq > frame.v) continue;
      events.push(now - at);
      sent.delete(seq);
    }
    unseenFrom = Math.max(unseenFrom, frame.v);
  };
  const close = await openWalls(house, screens, [board], onFrame);
  const headers = { authorization: `Bearer ${house.key}` };
  const posts = await openPosts(house.url, { sockets: IN_FLIGHT, headers });
  let failed = 0;
  const post = async () => {
    const at = Date.now();
    const { status, body } = await posts.post('/v1/events', nextEvent(occurredAt, reps));
    if (status !== 201) failed += 1;
    else {
      const { seq } = JSON.parse(body);
      if (seq > unseenFrom) sent.set(seq, at);
      else events.push(Date.now() - at);
    }
  };
  const from = performance.now();
  const flying = new Set();
  let started = 0;
  while (performance.now() - from < seconds * 1_000) {
    const due = Math.floor(((performance.now() - from) / 1_000) * perSecond);
    for (; started < due; started += 1) {
      const one = post().finally(() => flying.delete(one));
      flying.add(one);
    }
    await sleep(TICK_MS);
  }
  going = false;
  await Promise.all(flying);
  const tookSeconds = (performance.now() - from) / 1_000;
  await sleep(1_500);
  posts.close();
  close();
  return {
    screens,
    board,
    perSecondAsked: perSecond,
    perSecond: Math.round(started / tookSeconds),
    failed,
    frames: frames.length,
    ...spread('frame', frames),
    ...spread('event', events),
  };
}
