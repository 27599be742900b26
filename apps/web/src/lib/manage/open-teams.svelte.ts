import { SvelteSet } from 'svelte/reactivity';

/** With more people than this the teams begin closed: the page opens at once, and is readable. */
const OPEN_PEOPLE_MAX = 120;

/** Which teams are open; those that were touched are other than they began. */
export class OpenTeams {
  #turned = new SvelteSet<string>();

  has(team: string, people: number): boolean {
    return people <= OPEN_PEOPLE_MAX !== this.#turned.has(team);
  }

  turn(team: string): void {
    if (!this.#turned.delete(team)) this.#turned.add(team);
  }
}
