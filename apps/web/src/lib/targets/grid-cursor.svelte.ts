import type { CellKey, GridRow } from './grid-model.ts';
import { cellKey } from './grid-model.ts';
import { copiedText, parseBlock, pasteInto, typedCell, type Typed } from './grid-paste.ts';
import {
  blockOf,
  clamped,
  following,
  inBlock,
  moved,
  placesOf,
  selectOne,
  type Place,
  type Selection,
  type Size,
} from './grid-selection.ts';
import type { Outcome, TargetsGrid } from './targets-grid.svelte.ts';

/** What the cursor cannot know by itself. */
export interface CursorHost {
  readonly rows: () => readonly GridRow[];
  readonly rightToLeft: boolean;
  /** Why a text is no target. */
  readonly faultText: (typed: Exclude<Typed, { kind: 'value' }>) => string;
  /** A change by paste, delete or undo is told of; typing is not, the cell says it. */
  readonly told: (outcome: Outcome, how: 'changed' | 'undone') => void;
}

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where one stands in the grid, what is selected and what is being typed. */
export class GridCursor {
  #selection = $state.raw<Selection>(selectOne({ row: 0, column: 0 }));
  /** What is being typed; `null` while nobody edits. */
  draft = $state<string | null>(null);
  #grid: TargetsGrid;
  #host: CursorHost;

  constructor(grid: TargetsGrid, host: CursorHost) {
    this.#grid = grid;
    this.#host = host;
  }

  get size(): Size {
    return { rows: this.#host.rows().length, columns: this.#grid.columns.length };
  }

  get head(): Place {
    return clamped(this.#selection.head, this.size);
  }

  get block() {
    const { anchor, head } = this.#selection;
    return blockOf({ anchor: clamped(anchor, this.size), head: clamped(head, this.size) });
  }

  /** Every selected place. */
  get places(): readonly Place[] {
    return placesOf(this.block);
  }

  isHead = (place: Place): boolean =>
    place.row === this.head.row && place.column === this.head.column;

  isSelected = (place: Place): boolean => inBlock(place, this.block);

  keyAt({ row, column }: Place): CellKey | null {
    const of = this.#host.rows()[row];
    const start = this.#grid.columns[column]?.start;
    return of && start !== undefined ? cellKey(start, of) : null;
  }

  select(place: Place, extend = false): void {
    this.#selection = extend ? { anchor: this.#selection.anchor, head: place } : selectOne(place);
  }

  /** Begins to write: with what stands there, or with what was typed. */
  edit(text?: string): void {
    const key = this.keyAt(this.head);
    if (!key) return;
    this.draft = text ?? (this.#grid.valueOf(key) ?? '').replace(/\.0+$/, '');
  }

  leave(): void {
    this.draft = null;
    const key = this.keyAt(this.head);
    if (key) this.#grid.clear(key);
  }

  /** Saves what was typed; a text that is no target stays, with the reason. */
  commit(): boolean {
    const key = this.keyAt(this.head);
    if (this.draft === null || !key) return true;
    const typed = typedCell(this.draft);
    if (typed.kind !== 'value') {
      this.#grid.refuse(key, this.#host.faultText(typed));
      return false;
    }
    this.draft = null;
    this.#grid.clear(key);
    void this.#grid.change([{ key, now: typed.value }]);
    return true;
  }

  onkeydown = (event: KeyboardEvent): void => {
    const handled = this.draft === null ? this.#walk(event) : this.#write(event);
    if (handled) event.preventDefault();
  };

  #walk(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (ARROWS[key]) return this.#arrow(key, command, shiftKey);
    if (key === 'Home' || key === 'End') return this.#edge(key, command, shiftKey);
    if (key === 'Enter' || key === 'F2') this.edit();
    else if (key === 'Delete' || key === 'Backspace') this.remove();
    else if (command && key.toLowerCase() === 'a') this.#all();
    else if (command && key.toLowerCase() === 'z') void this.#turn(shiftKey ? 'redo' : 'undo');
    else if (command && key.toLowerCase() === 'y') void this.#turn('redo');
    else if (key === 'Escape') this.select(this.head);
    else if (key.length === 1 && !command && !event.altKey && key !== ' ') this.edit(key);
    else return false;
    return true;
  }

  #write(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') {
      this.leave();
      return true;
    }
    if (event.key !== 'Enter' && event.key !== 'Tab') return false;
    const back = event.shiftKey ? -1 : 1;
    if (!this.commit()) return true;
    if (event.key === 'Enter') {
      this.#selection = moved(selectOne(this.head), { rows: back, columns: 0 }, this.size);
      return true;
    }
    const next = following(this.head, back, this.size);
    if (next) this.select(next);
    return next !== null;
  }

  #arrow(key: string, far: boolean, extend: boolean): boolean {
    const [rows, columns] = ARROWS[key]!;
    const turned = this.#host.rightToLeft ? -columns : columns;
    const reach = far ? Math.max(this.size.rows, this.size.columns) : 1;
    const by = { rows: rows * reach, columns: turned * reach };
    this.#selection = moved(this.#selection, by, this.size, extend);
    return true;
  }

  #edge(key: 'Home' | 'End', whole: boolean, extend: boolean): boolean {
    const { rows, columns } = this.size;
    const far = key === 'Home' ? -1 : 1;
    const by = { rows: whole ? far * rows : 0, columns: far * columns };
    this.#selection = moved(this.#selection, by, this.size, extend);
    return true;
  }

  #all(): void {
    const { rows, columns } = this.size;
    this.#selection = {
      anchor: { row: 0, column: 0 },
      head: { row: rows - 1, column: columns - 1 },
    };
  }

  async #turn(how: 'undo' | 'redo'): Promise<void> {
    const outcome = await this.#grid[how]();
    if (outcome) this.#host.told(outcome, how === 'undo' ? 'undone' : 'changed');
  }

  /** Takes the selected targets away. */
  remove(): void {
    void this.#change(
      this.places.flatMap((place) => {
        const key = this.keyAt(place);
        return key ? [{ key, now: null }] : [];
      }),
    );
  }

  oncopy = (event: ClipboardEvent): void => {
    if (this.draft !== null || !event.clipboardData) return;
    const { top, bottom, left, right } = this.block;
    const rows = Array.from({ length: bottom - top + 1 }, (_, down) =>
      Array.from({ length: right - left + 1 }, (_, along) => {
        const key = this.keyAt({ row: top + down, column: left + along });
        return key ? this.#grid.valueOf(key) : null;
      }),
    );
    event.clipboardData.setData('text/plain', copiedText(rows));
    event.preventDefault();
    if (event.type === 'cut') this.remove();
  };

  onpaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain');
    if (this.draft !== null || !text) return;
    event.preventDefault();
    const pasted = pasteInto(parseBlock(text), this.block, this.size);
    const wanted: { key: CellKey; now: string | null }[] = [];
    for (const { place, typed } of pasted) {
      const key = this.keyAt(place);
      if (!key) continue;
      if (typed.kind === 'value') wanted.push({ key, now: typed.value });
      else this.#grid.refuse(key, this.#host.faultText(typed));
    }
    const last = pasted.at(-1)?.place;
    const { top, left } = this.block;
    if (last) this.#selection = { anchor: { row: top, column: left }, head: last };
    void this.#change(wanted);
  };

  async #change(wanted: readonly { key: CellKey; now: string | null }[]): Promise<void> {
    const outcome = await this.#grid.change(wanted);
    if (outcome.saved + outcome.refused > 0) this.#host.told(outcome, 'changed');
  }
}
