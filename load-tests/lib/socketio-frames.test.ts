import { encodePacket } from 'engine.io-parser';
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { connectFrame, eventFrame, readFrame, socketAddress } from './socketio-frames.js';

/** The frame that the server's own libraries make of a packet. */
function frameOf(packet: Packet): Promise<string> {
  const [data] = new Encoder().encode(packet);
  return new Promise((done) => encodePacket({ type: 'message', data }, false, done as never));
}

/** The packet that the server's own libraries read from a frame. */
function packetOf(frame: string): Packet | undefined {
  let packet: Packet | undefined;
  const decoder = new Decoder();
  decoder.on('decoded', (one: Packet) => (packet = one));
  decoder.add(frame.slice(1));
  return packet;
}

const WATCH = { board: 'revenue-month', view: 'top:10' };

describe('a frame of ours is one that the server reads', () => {
  it('to enter a namespace', async () => {
    const auth = { ticket: 'abc.def' };
    const packet = { type: PacketType.CONNECT, nsp: '/screen', data: auth };
    expect(connectFrame('/screen', auth)).toBe(await frameOf(packet as Packet));
    expect(packetOf(connectFrame('/screen', auth))).toMatchObject(packet);
  });

  it.each([
    ['/screen', undefined],
    ['/screen', 12],
    ['/', undefined],
    ['/', 0],
  ])('to send an event to %s with id %s', async (nsp, id) => {
    const data = ['board:watch', WATCH];
    const packet = { type: PacketType.EVENT, nsp, data, ...(id === undefined ? {} : { id }) };
    expect(eventFrame(nsp, 'board:watch', [WATCH], id)).toBe(await frameOf(packet as Packet));
  });
});

describe('a frame of the server is read', () => {
  it('when it opens and pings', () => {
    const open = { kind: 'open', pingInterval: 5_000 };
    expect(readFrame('0{"sid":"x","upgrades":[],"pingInterval":5000}')).toEqual(open);
    expect(readFrame('2')).toEqual({ kind: 'ping' });
  });

  it('when it lets in or refuses', async () => {
    const entered = { type: PacketType.CONNECT, nsp: '/screen', data: { sid: 'x' } };
    expect(readFrame(await frameOf(entered))).toEqual({ kind: 'connected', namespace: '/screen' });
    const data = { message: 'not_connected' };
    const refused = await frameOf({ type: PacketType.CONNECT_ERROR, nsp: '/screen', data });
    expect(readFrame(refused)).toEqual({ kind: 'refused', namespace: '/screen', ...data });
  });

  it('when it sends an event, whatever is in it', async () => {
    const delta = { kind: 'delta', b: 'revenue-month', u: [[0, ['per_1', '3,5 [x]']]] };
    const data = ['board:delta', delta];
    const frame = await frameOf({ type: PacketType.EVENT, nsp: '/screen', data });
    const event = { kind: 'event', namespace: '/screen', name: 'board:delta', args: [delta] };
    expect(readFrame(frame)).toEqual(event);
  });

  it('when it answers', async () => {
    const data = [{ kind: 'refused', code: 'not_ready' }];
    const frame = await frameOf({ type: PacketType.ACK, nsp: '/screen', id: 7, data });
    expect(readFrame(frame)).toEqual({ kind: 'answer', namespace: '/screen', id: 7, args: data });
  });

  it('when it ends', async () => {
    const frame = await frameOf({ type: PacketType.DISCONNECT, nsp: '/screen' } as Packet);
    expect(readFrame(frame)).toEqual({ kind: 'disconnected', namespace: '/screen' });
  });
});

it('the socket is at the same address as the server', () => {
  expect(socketAddress('https://board.example.com')).toBe(
    'wss://board.example.com/socket.io/?EIO=4&transport=websocket',
  );
});
