import { createLogger, Lifecycle, newToken, readConfig, systemClock } from '@ovation/host';
import { bootstrap } from '@ovation/ingest';
import { StandaloneConfig } from './config.ts';
import { DataFolder } from './data-folder.ts';
import { continueDemo, createDemo } from './demo-floor.ts';
import { newApiKey, organisations, setupRight } from './first-run.ts';
import { openHouse, type House, type HouseOptions } from './house.ts';
import { welcome } from './welcome.ts';

export interface RunOptions {
  readonly argv: readonly string[];
  readonly appVersion: string;
  readonly print: (text: string) => void;
  readonly pages?: HouseOptions['pages'];
}

/** Runs the whole house in this process until `stop` is called or a signal asks for it. */
export async function run(options: RunOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const config = readConfig(StandaloneConfig);
  const logger = createLogger('ovation', config.LOG_LEVEL);
  const folder = new DataFolder(config.OVATION_DATA);
  const lifecycle = new Lifecycle();
  const stop = () =>
    lifecycle.stop((name, error) => logger.error({ err: error }, `${name} did not stop`));
  try {
    await folder.open();
    await folder.mustBeFree();
    const token = newToken('setup');
    const house = await openHouse(
      {
        host: config.HOST,
        port: config.PORT,
        appVersion: options.appVersion,
        requestsAMinute: config.OVATION_RATE_LIMIT,
        setup: setupRight(token),
        ...(config.DATABASE_URL === undefined ? {} : { databaseUrl: config.DATABASE_URL }),
        ...(config.REDIS_URL === undefined ? {} : { redisUrl: config.REDIS_URL }),
        ...(config.OVATION_PUBLIC_URL === undefined
          ? {}
          : { publicUrl: config.OVATION_PUBLIC_URL }),
        ...(options.pages === undefined ? {} : { pages: options.pages }),
      },
      folder,
      lifecycle,
      logger,
    );
    const note = JSON.stringify({ pid: process.pid, url: house.url });
    await folder.write('server.json', note);
    lifecycle.add('note', () => folder.remove('server.json'));
    await settle(house, folder, lifecycle, options, token, config.OVATION_BOOTSTRAP_KEY);
    return { url: house.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** On an empty data folder creates what was asked for; else goes on with what is there. */
async function settle(
  house: House,
  folder: DataFolder,
  lifecycle: Lifecycle,
  { argv, print }: RunOptions,
  token: string,
  bootstrapKey: string | undefined,
): Promise<void> {
  const known = await organisations(house);
  const demo = known.find((one) => one.demo);
  const setupUrl = `${house.url}/setup?token=${token}`;
  if (demo) {
    const floor = await continueDemo(house, folder, demo.id, systemClock, lifecycle);
    print(welcome(house.url, { kind: 'demo', ...floor }));
  } else if (known.length > 0) {
    const key = await folder.read('api-key');
    print(welcome(house.url, { kind: 'running', key: key ?? null }));
  } else if (bootstrapKey !== undefined) {
    await bootstrap(house.deps, { name: 'Ovation', key: bootstrapKey, demo: false });
    await folder.write('api-key', bootstrapKey);
    await house.projector.look();
    print(welcome(house.url, { kind: 'bootstrapped', setupUrl: null }));
  } else if (argv.includes('--empty')) {
    print(welcome(house.url, { kind: 'empty', setupUrl }));
  } else {
    const key = await folder.secret('api-key', newApiKey);
    print('Making a sales floor with a year behind it …\n');
    const floor = await createDemo(house, folder, key, systemClock, lifecycle);
    print(welcome(house.url, { kind: 'demo', ...floor }));
  }
}
