import { canonicalAlias } from './alias.ts';

/** Somebody with every word that is known for them. */
export interface Known {
  readonly id: string;
  readonly words: readonly string[];
}

export interface Suggestion {
  readonly id: string;
  /** Which of their words is near. */
  readonly because: string;
  /** From 0 to 1: the same. */
  readonly score: number;
}

/** Less alike than this is chance. */
const SCORE_MIN = 0.6;
const SUGGESTED_MAX = 5;

/** Letters that are written one for another in Persian and Arabic. */
const SAME_LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ة: 'ه',
  ۀ: 'ه',
  ؤ: 'و',
  ئ: 'ی',
  ى: 'ی',
};

/** A name or an e-mail as its bare words: no accents, no domain, no numbers. */
export function barePartsOf(word: string): string[] {
  const name = canonicalAlias(word).replace(/@.*$/, '');
  if (/^[ -~]*$/.test(name)) return name.match(/[a-z]+/g) ?? [];
  return name
    .replace(/[أإآةۀؤئى]/g, (letter) => SAME_LETTERS[letter]!)
    .normalize('NFD')
    .replace(/\p{M}|\u200c|\u200d|\u0640/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');
}

/** How alike two words for somebody are, whatever the order of their parts: 0 to 1. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return 0;
  // Written together or apart: half-spaces come and go between systems.
  if (short.join('') === long.join('')) return 1;
  const left = [...long];
  let sum = 0;
  for (const part of short) {
    let best = -1;
    let bestScore = 0;
    for (const [index, other] of left.entries()) {
      const score = partLikeness(part, other);
      if (score > bestScore) [best, bestScore] = [index, score];
    }
    if (best >= 0) left.splice(best, 1);
    sum += bestScore;
  }
  // A part that only one of them has says less than one that differs.
  return sum / (short.length + left.length / 2);
}

function partLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.startsWith(short)) return short.length === 1 ? 0.6 : 0.85;
  return short.length < 3 ? 0 : pairLikeness(short, long);
}

/** Dice's coefficient: of all pairs of neighbouring letters, the share that both have. */
function pairLikeness(a: string, b: string): number {
  const used = new Set<number>();
  for (let index = 0; index < a.length - 1; index += 1) {
    const pair = a.slice(index, index + 2);
    for (let at = b.indexOf(pair); at >= 0; at = b.indexOf(pair, at + 1)) {
      if (used.has(at)) continue;
      used.add(at);
      break;
    }
  }
  return (2 * used.size) / (a.length + b.length - 2);
}

interface Entry {
  readonly id: string;
  readonly word: string;
  readonly parts: readonly string[];
}

/** Letters by which parts are looked up. */
const START_LENGTH = 3;
/** People who are compared for one part: what more of them begin alike tells nobody apart. */
const COMPARED_MAX = 1_000;

/** Finds who is meant by a word, among many people. */
export class Suggester {
  /** By the first letters of every part: only those are compared. */
  readonly #byStart = new Map<string, Entry[]>();
  readonly #byWord = new Map<string, Entry>();

  constructor(people: readonly Known[] = []) {
    this.add(people);
  }

  add(people: readonly Known[]): void {
    for (const { id, words } of people) {
      for (const word of words) {
        const canonical = canonicalAlias(word);
        const entry = { id, word, parts: barePartsOf(word) };
        if (!this.#byWord.has(canonical)) this.#byWord.set(canonical, entry);
        for (const start of new Set(entry.parts.map(startOf))) {
          const known = this.#byStart.get(start);
          if (!known) this.#byStart.set(start, [entry]);
          else if (known.length < COMPARED_MAX) known.push(entry);
        }
      }
    }
  }

  /** The likeliest, best first. */
  suggest(word: string): Suggestion[] {
    const best = new Map<string, Suggestion>();
    const offer = ({ id, word: because }: Entry, score: number): void => {
      if (score >= SCORE_MIN && score > (best.get(id)?.score ?? 0)) {
        best.set(id, { id, because, score });
      }
    };
    const same = this.#byWord.get(canonicalAlias(word));
    if (same) offer(same, 2);
    const parts = barePartsOf(word);
    for (const start of new Set(parts.map(startOf))) {
      for (const entry of this.#byStart.get(start) ?? []) {
        offer(entry, likeness(parts, entry.parts));
      }
    }
    return [...best.values()]
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, SUGGESTED_MAX)
      .map((one) => ({ ...one, score: Math.min(one.score, 1) }));
  }
}

const startOf = (part: string): string => part.slice(0, START_LENGTH);
