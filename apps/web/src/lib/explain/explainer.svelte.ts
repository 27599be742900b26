import type { ExplainAnswer } from '@ovation/protocol';
import { pushState, replaceState } from '$app/navigation';
import { ask, type Problem } from '$lib/desk/api.ts';
import { apiPath, fromHash, hashOf, type ExplainAddress } from './explain-address.ts';

/** The panel that explains a number; there is one for the whole page, and it has an address. */
class Explainer {
  #address = $state.raw<ExplainAddress | null>(null);
  #answer = $state.raw<ExplainAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** Whether closing it is one step back in the browser's history. */
  #pushed = false;

  get address(): ExplainAddress | null {
    return this.#address;
  }

  get answer(): ExplainAnswer | null {
    return this.#answer;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Opens the panel, and puts it into the address bar. */
  open(address: ExplainAddress): void {
    if (this.#address) replaceState(hashOf(address), {});
    else {
      pushState(hashOf(address), {});
      this.#pushed = true;
    }
    this.#show(address);
  }

  /** Closes it; the address bar is as it was before. */
  close(): void {
    if (!this.#address) return;
    this.#show(null);
    if (this.#pushed) history.back();
    else replaceState(location.pathname + location.search, {});
    this.#pushed = false;
  }

  /** Follows the address bar: a shared link, back and forward. */
  follow(): void {
    const wanted = fromHash(location.hash);
    const shown = this.#address ? hashOf(this.#address) : '';
    if ((wanted ? hashOf(wanted) : '') === shown) return;
    if (!wanted) this.#pushed = false;
    this.#show(wanted);
  }

  async load(): Promise<void> {
    const address = this.#address;
    if (!address) return;
    const answer = await ask<ExplainAnswer>('GET', apiPath(address));
    if (address !== this.#address) return;
    this.#answer = answer.ok ? answer.value : null;
    this.#problem = answer.ok ? null : answer.problem;
  }

  #show(address: ExplainAddress | null): void {
    this.#address = address;
    this.#answer = null;
    this.#problem = null;
    void this.load();
  }
}

export const explainer = new Explainer();
