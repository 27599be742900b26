import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Lifecycle, readConfig } from '@ovation/host';
import { connect } from '@ovation/store';
import { WebConfig } from './config.ts';
import { createWeb } from './index.ts';

/** Runs the pages alone; a proxy puts the API and the sockets on the same origin. */
export async function runWeb(): Promise<{ url: string; stop(): Promise<void> }> {
  const config = readConfig(WebConfig);
  const lifecycle = new Lifecycle();
  const sql = connect(config.DATABASE_URL, { role: 'ovation_app', max: 4, name: 'ovation web' });
  lifecycle.add('database', () => sql.end({ timeout: 5 }));
  const handler = await createWeb({ sql });
  const server = createServer((request, response) => {
    request.headers['x-forwarded-proto'] = 'http';
    handler(request, response, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  lifecycle.add('server', () => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return { url: `http://${config.HOST}:${port}`, stop: () => lifecycle.stop() };
}
