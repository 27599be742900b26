import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RedisBus } from '@ovation/bus';
import { createLogger, Lifecycle, readConfig } from '@ovation/host';
import { GatewayConfig } from './config.ts';
import { attachGateway } from './gateway.ts';

/** Runs a gateway alone: sockets at `/socket.io/`, figures at `/metrics`. */
export async function runGateway(
  appVersion: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const config = readConfig(GatewayConfig);
  const lifecycle = new Lifecycle();
  const bus = RedisBus.open(config.REDIS_URL);
  lifecycle.add('bus', () => bus.close());
  const logger = createLogger('gateway', config.LOG_LEVEL);
  const server = createServer();
  const gateway = attachGateway(server, { bus, logger, appVersion, secret: config.OVATION_SECRET });
  lifecycle.add('gateway', () => gateway.close());
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/socket.io/')) return;
    if (request.url === '/livez') response.end('{"status":"ok"}');
    else if (request.url === '/metrics') void gateway.metrics().then((text) => response.end(text));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${config.HOST}:${port}`, stop: () => lifecycle.stop() };
}
