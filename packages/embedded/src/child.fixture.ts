import { startPostgres } from './postgres.ts';

/** A parent for the tests to kill: `node child.fixture.ts <folder> <durable>`. */
const [folder = '', durable = ''] = process.argv.slice(2);
const running = await startPostgres({ folder, durable: durable === 'durable' });
process.stdout.write(`${JSON.stringify({ url: running.url, pid: running.pid })}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  void running.stop();
});
