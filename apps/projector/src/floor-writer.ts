import type { Floor, FloorSetting, MeasureSet } from '@ovation/domain';
import {
  forgetRollups,
  inOrg,
  saveGroups,
  saveMeasureStates,
  saveProjection,
  saveRollups,
  writeCredits,
  type CreditWrites,
  type Sql,
  type Tx,
} from '@ovation/store';
import type { BatchResult } from './batch.ts';
import { measureKeys, measureStates } from './rebuild.ts';
import { allRollups, rollupsOf } from './rollups.ts';
import { SettingChanges } from './setting-changes.ts';

/** Writes what a floor made of its log, each time in one transaction with its place in the log. */
export class FloorWriter {
  readonly #sql: Sql;
  readonly #orgId: string;
  readonly #settings: SettingChanges;
  /** Whether the settings were ever written. */
  #saved: boolean;

  /** `written`: the settings as the store has them; `undefined` when nothing was written yet. */
  constructor(sql: Sql, orgId: string, written: readonly FloorSetting[] | undefined) {
    this.#sql = sql;
    this.#orgId = orgId;
    this.#saved = written !== undefined;
    this.#settings = new SettingChanges(written ?? []);
  }

  /**
   * `also` writes what else goes with it. `measured`: the measures there were before the batch;
   * what was let go loses its
   * totals.
   */
  batch(
    floor: Floor,
    result: BatchResult,
    before: { readonly rulesSeq: number; readonly measured: readonly string[] },
    stageFreeAt: number,
    also: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const orgId = this.#orgId;
    const rulesChanged = before.rulesSeq !== floor.rulesSeq;
    const write = async (tx: Tx) => {
      await saveGroups(tx, orgId, result.groups);
      await writeCredits(tx, orgId, result.credits);
      if (rulesChanged) await forgetRollups(tx, orgId);
      const rollups = rulesChanged ? allRollups(floor) : rollupsOf(floor, result.touched);
      await saveRollups(tx, orgId, rollups);
      if (result.settingsChanged) {
        await saveMeasureStates(tx, orgId, measureStates(floor.measures.all()));
      }
      await this.#forgetTotals(tx, floor, before.measured);
      await also(tx);
    };
    return this.#write(floor, stageFreeAt, result.settingsChanged, write);
  }

  /** A page of a set that is being counted, and whether it is ready with it. */
  page(
    floor: Floor,
    set: MeasureSet,
    added: CreditWrites['added'],
    before: { readonly measured: readonly string[] },
    stageFreeAt: number,
    also: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const orgId = this.#orgId;
    return this.#write(floor, stageFreeAt, set.ready, async (tx) => {
      await writeCredits(tx, orgId, { removed: [], added });
      const credits = added.map(({ credit }) => credit);
      await saveRollups(tx, orgId, rollupsOf(floor, credits));
      await saveMeasureStates(tx, orgId, measureStates([set]));
      await this.#forgetTotals(tx, floor, before.measured);
      await also(tx);
    });
  }

  /** Totals of measures that were let go since; their credits tell what was known. */
  async #forgetTotals(tx: Tx, floor: Floor, before: readonly string[]): Promise<void> {
    const now = new Set(measureKeys(floor.measures.all()));
    const gone = before.filter((key) => !now.has(key));
    if (gone.length > 0) await forgetRollups(tx, this.#orgId, gone);
  }

  async #write(
    floor: Floor,
    stageFreeAt: number,
    settingsChanged: boolean,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const { seq, clock } = floor;
    const whole = settingsChanged || !this.#saved;
    const changed = await inOrg(this.#sql, this.#orgId, async (tx) => {
      // What is written here can be folded again, so it need not wait for the disk.
      await tx`set local synchronous_commit = off`;
      await work(tx);
      const settings = whole ? this.#settings.since(floor.saveSettings()) : undefined;
      await saveProjection(tx, this.#orgId, { seq, clock, stageFreeAt }, settings?.rows ?? []);
      return settings;
    });
    this.#saved = true;
    changed?.wrote();
  }
}
