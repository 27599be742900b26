// HTTP/1.1 over a few kept sockets, as cheap as it gets: the sender shares the machine with what it
// measures, so what it costs itself must be small.
import { connect } from 'node:net';

/** @returns {Promise<{post(path: string, body: string): Promise<number>, close(): void}>} */
export async function openPosts(url, { sockets, headers = {} }) {
  const { hostname, port, host } = new URL(url);
  const common = Object.entries({ host, 'content-type': 'application/json', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const idle = [];
  const waiting = [];
  const all = await Promise.all(Array.from({ length: sockets }, () => open(hostname, port)));
  idle.push(...all);

  const release = (line) => {
    const next = waiting.shift();
    if (next) next(line);
    else idle.push(line);
  };

  return {
    /** Answers with the status and the body. */
    async post(path, body) {
      let line = idle.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
      // One that was idle for long was closed from over there.
      if (line.closed) all.push((line = await open(hostname, port)));
      const length = Buffer.byteLength(body);
      const answer = await line.send(
        `POST ${path} HTTP/1.1\r\n${common}content-length: ${length}\r\n\r\n${body}`,
      );
      release(line);
      return answer;
    },
    close: () => all.forEach((line) => line.end()),
  };
}

/** One socket; one request at a time. */
async function open(host, port) {
  const socket = connect({ host, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let text = '';
  let settle;
  let failed;
  socket.setEncoding('latin1');
  socket.on('data', (part) => {
    text += part;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? '0');
    if (text.length < end + 4 + length) return;
    const answer = { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
    text = '';
    settle?.(answer);
  });
  socket.on('error', (error) => failed?.(error));
  socket.on('close', () => failed?.(new Error('the server closed the connection')));
  return {
    get closed() {
      return socket.destroyed || !socket.writable;
    },
    send: (request) =>
      new Promise((resolve, reject) => {
        settle = resolve;
        failed = reject;
        socket.write(request);
      }),
    end: () => socket.destroy(),
  };
}
