/**
 * Socket.IO 4 on a plain WebSocket, as text: what k6 needs to be a screen. Pure, so that Vitest can
 * hold it against the parser that the server uses. Binary packets are not spoken here.
 *
 * @typedef {{ kind: 'open', pingInterval: number }
 *   | { kind: 'ping' }
 *   | { kind: 'connected', namespace: string }
 *   | { kind: 'refused', namespace: string, message: string }
 *   | { kind: 'event', namespace: string, name: string, args: any[] }
 *   | { kind: 'answer', namespace: string, id: number, args: any[] }
 *   | { kind: 'disconnected', namespace: string }
 *   | { kind: 'other' }} Frame
 */

/** Where a server with Socket.IO takes a WebSocket. */
export const socketAddress = (/** @type {string} */ url) =>
  `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;

/** The answer to a ping; without it the server hangs up. */
export const PONG = '3';

const prefix = (/** @type {string} */ namespace) => (namespace === '/' ? '' : `${namespace},`);

/** Enters a namespace. */
export const connectFrame = (/** @type {string} */ namespace, /** @type {object} */ auth) =>
  `40${prefix(namespace)}${JSON.stringify(auth)}`;

/**
 * Sends an event; with `id` it asks for an answer of that id.
 * @param {string} namespace
 * @param {string} name
 * @param {unknown[]} args
 * @param {number} [id]
 */
export const eventFrame = (namespace, name, args, id) =>
  `42${prefix(namespace)}${id ?? ''}${JSON.stringify([name, ...args])}`;

/**
 * Reads one frame.
 * @param {string} text
 * @returns {Frame}
 */
export function readFrame(text) {
  if (text[0] === '0')
    return { kind: 'open', pingInterval: JSON.parse(text.slice(1)).pingInterval };
  if (text === '2') return { kind: 'ping' };
  if (text[0] !== '4') return { kind: 'other' };
  const { namespace, id, body } = split(text.slice(2));
  switch (text[1]) {
    case '0':
      return { kind: 'connected', namespace };
    case '1':
      return { kind: 'disconnected', namespace };
    case '2': {
      const [name, ...args] = JSON.parse(body);
      return { kind: 'event', namespace, name, args };
    }
    case '3':
      return { kind: 'answer', namespace, id: Number(id), args: JSON.parse(body) };
    case '4':
      return { kind: 'refused', namespace, message: JSON.parse(body).message };
    default:
      return { kind: 'other' };
  }
}

/** `[/namespace,][id]body` in its parts. */
function split(/** @type {string} */ text) {
  let rest = text;
  let namespace = '/';
  if (rest[0] === '/') {
    const comma = rest.indexOf(',');
    namespace = comma < 0 ? rest : rest.slice(0, comma);
    rest = comma < 0 ? '' : rest.slice(comma + 1);
  }
  const id = /^\d*/.exec(rest)?.[0] ?? '';
  return { namespace, id, body: rest.slice(id.length) };
}
