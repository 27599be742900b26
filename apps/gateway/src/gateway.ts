import type { Server as HttpServer } from 'node:http';
import type { Bus } from '@ovation/bus';
import { openTicket, systemClock, type Clock, type Logger, type Ticket } from '@ovation/host';
import {
  announceChannel,
  BEAT_MS,
  contestsRoom,
  feedRoom,
  payRoom,
  revokedChannel,
  rowsBehind,
  type AnnounceNews,
  type Announcement,
  type ClientToServer,
  type Revoked,
  type ServerToClient,
} from '@ovation/protocol';
import { Server, type Socket } from 'socket.io';
import { NewestStateAdapter } from './adapter.ts';
import { Announcements } from './announcements.ts';
import { FloorMirror } from './floor-mirror.ts';
import { Latency } from './latency.ts';
import { LIMITS } from './limits.ts';
import { Room } from './room.ts';
import { handleSocket } from './socket.ts';

/** What a connection carries. */
export interface Seat {
  ticket: Ticket;
  /** Rooms it watches, by board and view. */
  rooms: Map<string, string>;
  behind?: boolean;
  messages: { second: number; count: number };
}
export type Live = Socket<ClientToServer, ServerToClient, Record<string, never>, Seat>;
export type Io = Server<ClientToServer, ServerToClient, Record<string, never>, Seat>;

/** One organisation's part of a gateway. */
export interface Floor {
  readonly mirror: FloorMirror;
  readonly announcements: Announcements;
  /** By room name. */
  readonly rooms: Map<string, { slug: string; room: Room }>;
}

export interface GatewayDeps {
  readonly bus: Bus;
  readonly logger: Logger;
  readonly secret: string;
  readonly appVersion: string;
  readonly clock?: Clock;
  /** Origins allowed besides the server's own. */
  readonly origins?: readonly string[];
}

export interface Gateway {
  readonly io: Io;
  readonly latency: Latency;
  /** The same as Prometheus text. */
  metrics(): Promise<string>;
  close(): Promise<void>;
}

/** One organisation's part: its boards as they come over the bus, told to the rooms. */
async function openFloor(
  io: Io,
  { bus, clock }: { readonly bus: Bus; readonly clock: Clock },
  orgId: string,
): Promise<Floor> {
  const rooms: Floor['rooms'] = new Map();
  const everyone = () => [io.of('/screen').to(orgId), io.of('/live').to(orgId)];
  const mirror = new FloorMirror(bus, clock, orgId, {
    board(slug) {
      const board = mirror.get(slug)!;
      for (const one of rooms.values()) if (one.slug === slug) one.room.changed(board);
    },
    watched: () => rowsWatched(rooms.values()),
    celebrate(celebration) {
      if (celebration.expiresAt < clock.now()) return;
      everyone().forEach((all) => all.emit('celebrate', celebration));
    },
    uncelebrate: (id) => everyone().forEach((all) => all.emit('celebrate:cancel', { id })),
    contests(cards) {
      for (const name of ['/screen', '/live']) {
        io.of(name).to(contestsRoom(orgId)).emit('contests', { cards });
      }
    },
    // Walls are told nothing of pay.
    pay(seq, people) {
      const rooms = people === null ? ['all'] : [...people, 'leaders'];
      io.of('/live')
        .to(rooms.map((whose) => payRoom(orgId, whose)))
        .emit('pay:changed', { seq });
    },
    feed(item) {
      for (const name of ['/screen', '/live']) {
        io.of(name).to(feedRoom(orgId)).emit('feed:item', item);
      }
    },
    feedChange(change) {
      for (const name of ['/screen', '/live']) {
        io.of(name).to(feedRoom(orgId)).emit('feed:change', change);
      }
    },
  });
  await mirror.open();
  await bus.subscribe(revokedChannel(orgId), (message) => {
    endAll(io, orgId, (message as Revoked).subject);
  });
  const announcements = new Announcements(clock, {
    announce: (announcement, to) => emitTo(io, orgId, to, announcement),
    cancel: (id) => everyone().forEach((all) => all.emit('announce:cancel', { id })),
  });
  await bus.subscribe(announceChannel(orgId), (news) => announcements.hear(news as AnnounceNews));
  return { mirror, announcements, rooms };
}

/** How many rows from the top are watched, by board. */
function rowsWatched(rooms: Iterable<{ slug: string; room: Room }>): Map<string, number> {
  const watched = new Map<string, number>();
  for (const { slug, room } of rooms) {
    watched.set(slug, Math.max(watched.get(slug) ?? 0, rowsBehind(room.view)));
  }
  return watched;
}

/** Tells those whom an announcement is for. */
function emitTo(
  io: Io,
  orgId: string,
  to: (ticket: Ticket) => boolean,
  announcement: Announcement,
): void {
  for (const name of ['/screen', '/live']) {
    for (const socket of io.of(name).sockets.values()) {
      const { ticket } = socket.data;
      if (ticket.org === orgId && to(ticket)) socket.emit('announce', announcement);
    }
  }
}

/** Attaches the sockets to a server. It opens no database: tickets say who may see what. */
export function attachGateway(server: HttpServer, deps: GatewayDeps): Gateway {
  const clock = deps.clock ?? systemClock;
  const io: Io = new Server(server, {
    path: '/socket.io/',
    serveClient: false,
    transports: ['websocket', 'polling'],
    adapter: NewestStateAdapter as never,
    perMessageDeflate: false,
    maxHttpBufferSize: LIMITS.messageBytes,
    pingInterval: 5_000,
    pingTimeout: 4_000,
    allowRequest: (request, decide) => {
      const { origin, host } = request.headers;
      const own = origin === undefined || new URL(origin).host === host;
      decide(null, own || (deps.origins ?? []).includes(origin));
    },
  });
  // The request that opened a connection is not needed afterwards, and it is large.
  io.engine.on('connection', (socket: { request: unknown }) => (socket.request = null));
  const floors = new Map<string, Promise<Floor>>();
  const latency = new Latency();

  const floorOf = (orgId: string): Promise<Floor> => {
    const known = floors.get(orgId);
    if (known) return known;
    const opened = openFloor(io, { bus: deps.bus, clock }, orgId);
    floors.set(orgId, opened);
    // Tried again by whoever asks next.
    opened.catch(() => floors.delete(orgId));
    return opened;
  };

  for (const name of ['/screen', '/live'] as const) {
    io.of(name).use((socket, next) => {
      const sealed: unknown = socket.handshake.auth['ticket'];
      const ticket =
        typeof sealed === 'string' ? openTicket(deps.secret, sealed, clock.now()) : undefined;
      // A signed-in person may look at a wall; a wall may not look into a desk.
      const fits = ticket && (name === '/screen' || ticket.role !== 'screen');
      if (!fits) return next(new Error('not_connected'));
      Object.assign(socket.data, { ticket, rooms: new Map(), messages: { second: 0, count: 0 } });
      next();
    });
    io.of(name).on('connection', (socket) => {
      void socket.join(socket.data.ticket.org);
      socket.emit('config', { appVersion: deps.appVersion });
      handleSocket(socket as Live, { floorOf, clock, latency, io, name });
    });
  }

  const beat = setInterval(() => {
    for (const name of ['/screen', '/live']) void beatAll(io, name, floorOf, clock);
  }, BEAT_MS);

  return {
    io,
    latency,
    metrics: () => latency.text(),
    async close() {
      clearInterval(beat);
      await io.close();
      for (const floor of floors.values()) await (await floor).mirror.close();
    },
  };
}

function endAll(io: Io, orgId: string, subject: string): void {
  for (const name of ['/screen', '/live']) {
    for (const socket of io.of(name).sockets.values()) {
      const { org, subject: own } = socket.data.ticket;
      if (org !== orgId || own !== subject) continue;
      socket.emit('ended');
      socket.disconnect(true);
    }
  }
}

/** Tells each socket the versions it should have; silent while the projector is. */
async function beatAll(
  io: Io,
  name: string,
  floorOf: (orgId: string) => Promise<Floor>,
  clock: Clock,
): Promise<void> {
  for (const socket of io.of(name).sockets.values()) {
    const floor = await floorOf(socket.data.ticket.org);
    if (!floor.mirror.fresh) continue;
    const versions: Record<string, readonly [string, number]> = {};
    for (const [watched, roomName] of socket.data.rooms) {
      const room = floor.rooms.get(roomName)?.room;
      if (room) versions[watched.split(' ')[0]!] = [room.epoch, room.version];
    }
    socket.emit('beat', { now: clock.now(), versions });
  }
}
