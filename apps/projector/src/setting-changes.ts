import { settingRows, type FloorSetting, type FloorSettings } from '@ovation/domain';

/** Knows which settings are written, and so which of them a change has to write again. */
export class SettingChanges {
  #written = new Map<string, unknown>();

  constructor(written: readonly FloorSetting[]) {
    for (const row of written) this.#written.set(nameOf(row), `\u0000${JSON.stringify(row.value)}`);
  }

  /** What is other than what was written; `null` for what is gone. Call `wrote` once it is kept. */
  since(settings: FloorSettings): { rows: FloorSetting[]; wrote: () => void } {
    const now = new Map<string, unknown>();
    const rows: FloorSetting[] = [];
    for (const row of settingRows(settings)) {
      const name = nameOf(row);
      now.set(name, row.value);
      if (!this.#same(name, row.value)) rows.push(row);
    }
    for (const name of this.#written.keys()) {
      if (now.has(name)) continue;
      const [kind, key] = splitName(name);
      rows.push({ kind, key, value: null });
    }
    return { rows, wrote: () => void (this.#written = now) };
  }

  /** Settings are replaced, never changed in place: the same object says the same. */
  #same(name: string, value: unknown): boolean {
    const before = this.#written.get(name);
    if (before === value) return true;
    // Read from the store, or one of the few that are made anew each time.
    const small = typeof before === 'string' || name.startsWith('sets ');
    return small && textOf(before) === textOf(value);
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' && value.startsWith('\u0000') ? value.slice(1) : JSON.stringify(value);

const nameOf = ({ kind, key }: FloorSetting): string => `${kind} ${key}`;
const splitName = (name: string): [string, string] => [
  name.slice(0, name.indexOf(' ')),
  name.slice(name.indexOf(' ') + 1),
];
