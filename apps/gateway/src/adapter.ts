import { Adapter, type BroadcastOptions } from 'socket.io-adapter';
import type { Socket } from 'socket.io';
import { LIMITS } from './limits.ts';

interface Packet {
  nsp?: string;
}
interface Internals {
  _encode(packet: Packet, options: object): unknown;
  apply(options: BroadcastOptions, each: (socket: Socket) => void): void;
}

/**
 * One encoded frame for all, and nothing for those who cannot keep up: a socket whose buffer is
 * full is marked behind and gets one merged frame when it drains. So a slow screen costs no memory
 * and nobody waits for it. Newest state wins.
 */
export class NewestStateAdapter extends Adapter {
  override broadcast(packet: Packet, options: BroadcastOptions): void {
    const inner = this as unknown as Internals;
    const packetOptions = { preEncoded: true, compress: false };
    packet.nsp = this.nsp.name as string;
    const encoded = inner._encode(packet, packetOptions);
    inner.apply(options, (socket) => {
      if (isSlow(socket)) {
        (socket.data as { behind?: boolean }).behind = true;
        return;
      }
      const client = socket.client as unknown as { writeToEngine(e: unknown, o: object): void };
      client.writeToEngine(encoded, packetOptions);
    });
  }
}

/** Bytes that left us but not the machine. */
export function isSlow(socket: Socket): boolean {
  const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } };
  return (transport.socket?.bufferedAmount ?? 0) > LIMITS.behindBytes;
}
