import { systemClock, type Clock } from '@ovation/host';
import { askChannel, logChannel, type LiveAsk, type LogNews } from '@ovation/protocol';
import { readHeads } from '@ovation/store';
import { FloorLoop, type LoopDeps } from './floor-loop.ts';

/** How often the log is asked in case the doorbell was missed, with a bus and without. */
const SWEEP_MS = 1_000;
const SWEEP_WITHOUT_BUS_MS = 100;
/** How often gateways are told the versions, so that a lost message shows. */
const BEAT_MS = 1_000;
/** How often new organisations and free locks are looked for. */
const LOOK_MS = 2_000;

export interface Projector {
  /** Looks for organisations at once, for instance when one was just created. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface Held {
  readonly loop: FloorLoop;
  release(): Promise<void>;
}

/**
 * Folds every organisation whose lock it can take; any number of projectors share them. A lock is
 * held by a database session, so it is free as soon as its holder is gone.
 */
export async function startProjector(
  deps: Omit<LoopDeps, 'clock'> & { readonly clock?: Clock },
): Promise<Projector> {
  const { sql, bus, logger, clock = systemClock } = deps;
  let locks = await sql.reserve();
  const held = new Map<string, Held>();
  let stopped = false;
  let looking: Promise<void> | undefined;

  async function hold(orgId: string): Promise<void> {
    const [row] = await locks<{ held: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended(${orgId}, 7246)) as held`;
    if (!row?.held) return;
    const loop = new FloorLoop({ ...deps, clock }, orgId);
    // Subscribed before the snapshot is read: what comes in between is kept, not missed.
    const leaves = [
      await bus.subscribe(logChannel(orgId), (news) => loop.hear(news as LogNews)),
      await bus.subscribe(askChannel(orgId), (ask) => answer(loop, ask as LiveAsk)),
    ];
    const release = async () => {
      await Promise.all(leaves.map((leave) => leave()));
      await loop.stop();
    };
    try {
      await loop.start();
      held.set(orgId, { loop, release });
    } catch (error) {
      await release();
      await locks`select pg_advisory_unlock(hashtextextended(${orgId}, 7246))`;
      throw error;
    }
  }

  /** When the session that holds the locks is gone, so are the locks: begin again without any. */
  async function keepLocks(): Promise<void> {
    try {
      await locks`select 1`;
    } catch {
      for (const { release } of held.values()) await release();
      held.clear();
      locks = await sql.reserve();
    }
  }

  async function lookOnce(): Promise<void> {
    await keepLocks();
    for (const { orgId } of await readHeads(sql)) {
      if (!stopped && !held.has(orgId)) await hold(orgId);
    }
  }

  const look = (): Promise<void> =>
    (looking ??= lookOnce().finally(() => {
      looking = undefined;
    }));
  const quietly = (what: string, work: () => Promise<void>) => () => {
    work().catch((error: unknown) => logger.warn({ err: error }, what));
  };
  const sweepAll = async () => {
    for (const { loop } of held.values()) await loop.sweep();
  };

  await look();
  bus.onReturn(quietly('sweep after the bus returned failed', sweepAll));
  const timers = [
    setInterval(quietly('looking for organisations failed', look), LOOK_MS),
    setInterval(() => held.forEach(({ loop }) => loop.beat()), BEAT_MS),
    setInterval(quietly('sweep failed', sweepAll), SWEEP_MS),
    setInterval(() => {
      if (!bus.connected) quietly('sweep failed', sweepAll)();
    }, SWEEP_WITHOUT_BUS_MS),
  ];

  return {
    look,
    async stop() {
      stopped = true;
      timers.forEach(clearInterval);
      await looking?.catch(() => undefined);
      for (const { release } of held.values()) await release();
      await locks`select pg_advisory_unlock_all()`.catch(() => undefined);
      locks.release();
    },
  };
}

function answer(loop: FloorLoop, ask: LiveAsk): void {
  if (ask.page) loop.answer(ask.page);
  else if (ask.keep) loop.keep(ask.boards, ask.rows);
  else if (ask.boards.length === 0) loop.announceAll();
  else loop.announce(ask.boards, ask.rows);
}
