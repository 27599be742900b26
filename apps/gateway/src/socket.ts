import type { Clock } from '@ovation/host';
import {
  Acknowledged,
  boardRoom,
  contestsRoom,
  feedRoom,
  Painted,
  payRoom,
  rowsBehind,
  WatchRequest,
  type RefusalCode,
  type WatchAnswer,
} from '@ovation/protocol';
import { Check } from 'typebox/value';
import type { Floor, Io, Live } from './gateway.ts';
import type { Latency } from './latency.ts';
import { LIMITS } from './limits.ts';
import { Room } from './room.ts';

export interface SocketDeps {
  floorOf(orgId: string): Promise<Floor>;
  readonly clock: Clock;
  readonly latency: Latency;
  readonly io: Io;
  readonly name: '/screen' | '/live';
}

const refused = (code: RefusalCode): WatchAnswer => ({ kind: 'refused', code });

/** Everything a viewer may say. The types describe honest clients; the wire carries others too. */
export function handleSocket(socket: Live, deps: SocketDeps): void {
  socket.use((_packet, next) => {
    if (withinRate(socket, deps.clock)) next();
  });
  void catchUp(socket, deps);
  socket.on('board:watch', (request, reply) => {
    if (typeof reply !== 'function') return;
    watch(socket, deps, request).then(reply, () => reply(refused('not_ready')));
  });
  socket.on('board:unwatch', (request) => {
    if (Check(WatchRequest, request)) leave(socket, deps, `${request.board} ${request.view}`);
  });
  socket.on('feed:watch', (reply) => {
    if (typeof reply !== 'function') return;
    void deps.floorOf(socket.data.ticket.org).then(async ({ mirror }) => {
      await socket.join(feedRoom(socket.data.ticket.org));
      reply({ items: await mirror.feed() });
    });
  });
  socket.on('contests:watch', (reply) => {
    if (typeof reply !== 'function') return;
    void deps.floorOf(socket.data.ticket.org).then(async ({ mirror }) => {
      await socket.join(contestsRoom(socket.data.ticket.org));
      reply({ cards: await mirror.contests() });
    });
  });
  socket.on('pay:watch', (reply) => {
    if (typeof reply !== 'function') return;
    void watchPay(socket, deps).then(reply, () => undefined);
  });
  socket.on('painted', (report) => {
    if (Check(Painted, report)) deps.latency.record(report.glassMs);
  });
  socket.on('ack', (report) => {
    if (Check(Acknowledged, report)) deps.latency.acknowledge(report.state);
  });
  socket.on('beat', (_sentAt, reply) => {
    if (typeof reply === 'function') reply(deps.clock.now());
  });
  // A slow socket that drained gets what it missed, in one frame a board.
  socket.conn.on('drain', () => {
    if (socket.data.behind !== true) return;
    socket.data.behind = false;
    void resend(socket, deps);
  });
  socket.on('disconnect', () => {
    for (const watched of [...socket.data.rooms.keys()]) leave(socket, deps, watched);
  });
}

/** What is announced while somebody connects; they may come for nothing else. */
async function catchUp(socket: Live, deps: SocketDeps): Promise<void> {
  const { ticket } = socket.data;
  const floor = await deps.floorOf(ticket.org).catch(() => undefined);
  for (const one of floor?.announcements.for(ticket) ?? []) socket.emit('announce', one);
}

async function watch(socket: Live, deps: SocketDeps, request: unknown): Promise<WatchAnswer> {
  if (!Check(WatchRequest, request)) return refused('bad_request');
  const { board, view, epoch, since } = request;
  if (!mayWatch(socket, view)) return refused('not_yours');
  const watched = `${board} ${view}`;
  const { rooms } = socket.data;
  if (!rooms.has(watched) && rooms.size >= LIMITS.boardsPerSocket) return refused('too_many');
  const { org, person } = socket.data.ticket;
  const floor = await deps.floorOf(org);
  const mirror = await floor.mirror.ready(board, rowsBehind(view));
  // Whoever left meanwhile would hold a room for ever.
  if (!mirror || !socket.connected) return refused('not_ready');
  const own = view === 'around' ? person : null;
  const limited = isLimited(socket);
  const room = boardRoom(org, board, own === null ? view : `${view}:${own}`);
  // Walls and desks go at different paces, so they do not share rooms; nor do those to whom a board
  // shows its first rows only with those to whom it shows all.
  const name = `${deps.name}|${room}|${limited ? 'limited' : 'whole'}`;
  // Joined before read: a frame may then come twice, and the client drops it by version.
  await socket.join(name);
  rooms.set(watched, name);
  if (!floor.rooms.has(name)) {
    const everyMs = LIMITS.frameEveryMs[deps.name === '/screen' ? 'screen' : 'live'];
    const send = (frame: object) => {
      deps.io
        .of(deps.name)
        .to(name)
        .emit('board:delta', { ...frame, view } as never);
    };
    const opened = new Room({
      ...{ view, person: own, limited, everyMs },
      ...{ clock: deps.clock, mirror, send },
    });
    floor.rooms.set(name, { slug: board, room: opened });
  }
  return mirror.catchUp(mirror.rangeOf(view, person, limited), epoch, since);
}

/** Only desks follow pay: a person their own, leaders that of everybody. */
async function watchPay(socket: Live, { floorOf, name }: SocketDeps): Promise<void> {
  const { org, role, person } = socket.data.ticket;
  if (name !== '/live' || role === 'screen' || role === 'machine') return;
  await floorOf(org);
  const whose = ['all'];
  if (person !== null) whose.push(person);
  if (role !== 'rep') whose.push('leaders');
  await socket.join(whose.map((one) => payRoom(org, one)));
}

/** The wall's policy holds on the server: a screen never receives more than it may show. */
function mayWatch(socket: Live, view: string): boolean {
  const { role, person } = socket.data.ticket;
  if (view === 'all') return role === 'owner' || role === 'manager' || role === 'machine';
  if (view === 'around') return person !== null;
  return Number(view.slice(4)) <= LIMITS.topRows[role];
}

/** A board that shows its first rows only shows no more of them to walls, reps and machines. */
function isLimited(socket: Live): boolean {
  const { role } = socket.data.ticket;
  return role !== 'owner' && role !== 'manager';
}

function leave(socket: Live, deps: SocketDeps, watched: string): void {
  const name = socket.data.rooms.get(watched);
  if (name === undefined) return;
  socket.data.rooms.delete(watched);
  void socket.leave(name);
  void deps.floorOf(socket.data.ticket.org).then((floor) => {
    if (deps.io.of(deps.name).adapter.rooms.has(name)) return;
    floor.rooms.get(name)?.room.close();
    floor.rooms.delete(name);
  });
}

async function resend(socket: Live, deps: SocketDeps): Promise<void> {
  const { org, person } = socket.data.ticket;
  const floor = await deps.floorOf(org);
  for (const watched of socket.data.rooms.keys()) {
    const [board, view] = watched.split(' ') as [string, string];
    const mirror = floor.mirror.get(board);
    if (!mirror) continue;
    const frame = mirror.snapshot(mirror.rangeOf(view, person, isLimited(socket)));
    socket.emit('board:delta', { ...frame, view });
  }
}

function withinRate(socket: Live, clock: Clock): boolean {
  const second = Math.floor(clock.now() / 1_000);
  const { messages } = socket.data;
  if (messages.second !== second) Object.assign(messages, { second, count: 0 });
  messages.count += 1;
  return messages.count <= LIMITS.messagesPerSecond;
}
