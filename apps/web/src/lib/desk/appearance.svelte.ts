import { getContext, setContext } from 'svelte';
import { keepTheme, type Theme } from './theme.ts';

/** Dark or light, as its reader last chose. */
export class Appearance {
  #theme = $state<Theme>('dark');

  constructor(theme: Theme) {
    this.#theme = theme;
  }

  get theme(): Theme {
    return this.#theme;
  }

  turn(): void {
    this.#theme = this.#theme === 'dark' ? 'light' : 'dark';
    keepTheme(this.#theme);
  }
}

const KEY = Symbol('appearance');

export const setAppearance = (appearance: Appearance): Appearance => setContext(KEY, appearance);
export const getAppearance = (): Appearance => getContext<Appearance>(KEY);
