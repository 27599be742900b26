import type { FloorGroup } from './floor-table.ts';
import { holdOrder } from './hold-order.ts';

/** The table's groups in the order that is shown: live, or held while somebody is in it. */
export class HeldGroups {
  #fresh: () => readonly FloorGroup[];
  #asked: () => string;
  #followed = '';
  #pointed = $state(false);
  #focused = $state(false);
  /** The order from before the hold: groups, and the people of each. */
  #order = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());

  readonly #held = $derived.by(() => this.#arrange());

  /** `asked` is what its reader chose (sort, period, search): a new choice is shown at once. */
  constructor(fresh: () => readonly FloorGroup[], asked: () => string) {
    this.#fresh = fresh;
    this.#asked = asked;
  }

  get holding(): boolean {
    return this.#pointed || this.#focused;
  }

  get groups(): readonly FloorGroup[] {
    return this.#held.groups;
  }

  /** Rows that would change their place. */
  get waiting(): number {
    return this.#held.waiting;
  }

  point(inside: boolean): void {
    this.#pointed = inside;
  }

  focus(inside: boolean): void {
    this.#focused = inside;
  }

  /** Keeps the order in mind while nobody holds it; for an effect. */
  follow(): void {
    const asked = this.#asked();
    if (this.holding && asked === this.#followed) return;
    this.#followed = asked;
    const groups = this.#fresh();
    this.#order = new Map(groups.map((group) => [group.id, group.rows.map((row) => row.id)]));
  }

  #arrange(): { groups: readonly FloorGroup[]; waiting: number } {
    const fresh = this.#fresh();
    if (!this.holding) return { groups: fresh, waiting: 0 };
    const ids = fresh.map((group) => group.id);
    const outer = holdOrder([...this.#order.keys()], ids);
    let { waiting } = outer;
    const groups = pick(fresh, outer.order).map((group) => {
      const rows = group.rows.map((row) => row.id);
      const inner = holdOrder(this.#order.get(group.id) ?? rows, rows);
      waiting += inner.waiting;
      return { ...group, rows: pick(group.rows, inner.order) };
    });
    return { groups, waiting };
  }
}

function pick<T extends { readonly id: string }>(from: readonly T[], ids: readonly string[]): T[] {
  const byId = new Map(from.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
