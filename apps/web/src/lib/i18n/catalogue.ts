import { directionOf, type Direction, type Language } from './language.ts';

/** A sentence with `{placeholders}`, or its forms by plural category of `count`. */
export type Message = string | { readonly one: string; readonly other: string };
export type Catalogue = Readonly<Record<string, Message>>;

/** The same keys and kinds of message in another language: a missing one is a type error. */
export type Translation<C extends Catalogue> = {
  readonly [K in keyof C]: C[K] extends string
    ? string
    : { readonly one: string; readonly other: string };
};

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}`
  ? N | Names<Rest>
  : never;
type Values<S extends string> = { readonly [N in Names<S>]: string };

/** What a message needs: its placeholders, already formatted, and `count` where it has forms. */
export type Params<M extends Message> = M extends string
  ? Values<M>
  : M extends { readonly other: infer O extends string }
    ? Values<O> & { readonly count: number }
    : never;

type Args<M extends Message> = keyof Params<M> extends never ? [] : [params: Params<M>];

/** A piece of a message: its own words, or a datum to be isolated. */
export interface Part {
  readonly text: string;
  readonly datum: boolean;
}

export interface Translator<C extends Catalogue> {
  readonly language: Language;
  readonly direction: Direction;
  /** Plain text, for text nodes and attributes; data is isolated by invisible marks if needed. */
  t<K extends keyof C>(key: K, ...args: Args<C[K]>): string;
  /** The pieces, for `Msg.svelte`, which puts each datum into a `bdi`. */
  parts<K extends keyof C>(key: K, ...args: Args<C[K]>): readonly Part[];
}

/** One translator per language; the English catalogue says which keys and placeholders exist. */
export function createTranslator<C extends Catalogue>(
  language: Language,
  catalogues: { readonly en: C; readonly fa: Translation<C> },
): Translator<C> {
  const catalogue: Catalogue = catalogues[language];
  const plural = new Intl.PluralRules(language);

  function partsOf(key: keyof C, params: Readonly<Record<string, unknown>> = {}): Part[] {
    const message = catalogue[key as string] ?? String(key);
    const form = plural.select(Number(params['count'])) === 'one' ? 'one' : 'other';
    return split(typeof message === 'string' ? message : message[form], params);
  }

  return {
    language,
    direction: directionOf(language),
    t: (key, ...args) =>
      partsOf(key, args[0])
        .map((part) => (part.datum ? isolated(part.text, language) : part.text))
        .join(''),
    parts: (key, ...args) => partsOf(key, args[0]),
  };
}

function split(text: string, params: Readonly<Record<string, unknown>>): Part[] {
  return text
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      /^\{\w+\}$/.test(piece)
        ? { text: String(params[piece.slice(1, -1)] ?? ''), datum: true }
        : { text: piece, datum: false },
    );
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function isolated(text: string, language: Language): string {
  const safe = directionOf(language) === 'ltr' && !RIGHT_TO_LEFT.test(text);
  return safe ? text : `\u2068${text}\u2069`;
}
