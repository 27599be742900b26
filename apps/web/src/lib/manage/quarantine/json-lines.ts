/** Where the values of a JSON text stand, read leniently so that a broken text has places too. */

/** Deeper than any body that is taken. */
const DEPTH_MAX = 100;
const BLANK = /\s/;
const ATOM = /[-+.\w]/;

interface Places {
  /** Offset of each value's key, or of the value itself, by JSON pointer (RFC 6901). */
  readonly at: ReadonlyMap<string, number>;
  /** Offset of the first thing that is not JSON; `null` for a whole text. */
  readonly fault: number | null;
}

class NotJson extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('not JSON');
    this.offset = offset;
  }
}

/** Every value's place, up to the first thing that is not JSON. */
export function placesOf(text: string): Places {
  const at = new Map<string, number>();
  try {
    const end = skip(text, readValue(text, skip(text, 0), '', at, 0));
    return { at, fault: end < text.length ? end : null };
  } catch (error) {
    if (error instanceof NotJson) return { at, fault: error.offset };
    throw error;
  }
}

function skip(text: string, from: number): number {
  let index = from;
  while (index < text.length && BLANK.test(text[index]!)) index += 1;
  return index;
}

type Found = Map<string, number>;

function readValue(text: string, from: number, pointer: string, at: Found, depth: number): number {
  if (!at.has(pointer)) at.set(pointer, from);
  if (depth > DEPTH_MAX) throw new NotJson(from);
  const char = text[from];
  if (char === '{' || char === '[') return readMembers(text, from, pointer, at, depth);
  if (char === '"') return endOfText(text, from);
  let end = from;
  while (end < text.length && ATOM.test(text[end]!)) end += 1;
  if (!isAtom(text.slice(from, end))) throw new NotJson(from);
  return end;
}

function isAtom(word: string): boolean {
  if (word === 'true' || word === 'false' || word === 'null') return true;
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(word);
}

function readMembers(
  text: string,
  from: number,
  pointer: string,
  at: Found,
  depth: number,
): number {
  const close = text[from] === '{' ? '}' : ']';
  let index = skip(text, from + 1);
  if (text[index] === close) return index + 1;
  for (let count = 0; ; count += 1) {
    let name = String(count);
    const start = index;
    if (close === '}') {
      if (text[index] !== '"') throw new NotJson(index);
      const end = endOfText(text, index);
      name = textOf(text.slice(index, end));
      index = skip(text, end);
      if (text[index] !== ':') throw new NotJson(index);
      index = skip(text, index + 1);
    }
    const below = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    at.set(below, start);
    index = skip(text, readValue(text, index, below, at, depth + 1));
    if (text[index] === close) return index + 1;
    if (text[index] !== ',') throw new NotJson(index);
    index = skip(text, index + 1);
  }
}

function endOfText(text: string, from: number): number {
  let index = from + 1;
  while (index < text.length && text[index] !== '"' && text[index] !== '\n') {
    index += text[index] === '\\' ? 2 : 1;
  }
  if (text[index] !== '"') throw new NotJson(from);
  return index + 1;
}

function textOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/**
 * The line (from 1) that a fault is about: where the text stops being JSON, else the value that the
 * pointer names, else the nearest that it is in. `null` where the fault is no place's.
 */
export function faultyLine(text: string, pointer: string | undefined): number | null {
  const { at, fault } = placesOf(text);
  if (fault !== null) return lineAt(text, fault);
  let path = pointer ?? '';
  if (path === '') return null;
  while (path !== '' && !at.has(path)) path = path.slice(0, path.lastIndexOf('/'));
  return lineAt(text, at.get(path)!);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/**
 * The same JSON with a line for each value; not one token is changed, so numbers keep their digits
 * and a key that stands twice stays there twice. What is not JSON is left as it came.
 */
export function inLines(text: string): string {
  if (placesOf(text).fault !== null) return text;
  let out = '';
  let depth = 0;
  for (let index = skip(text, 0); index < text.length; index = skip(text, index)) {
    const char = text[index]!;
    const end = char === '"' ? endOfText(text, index) : index + 1;
    const next = skip(text, end);
    const opens = char === '{' || char === '[';
    const empty = opens && (text[next] === '}' || text[next] === ']');
    if (empty) {
      out += `${char}${text[next]!}`;
      index = next + 1;
      continue;
    }
    if (opens) depth += 1;
    if (char === '}' || char === ']') {
      depth -= 1;
      out += newLine(depth);
    }
    out += char === ':' ? ': ' : text.slice(index, end);
    if (opens || char === ',') out += newLine(depth);
    index = end;
  }
  return out;
}

const newLine = (depth: number): string => `\n${'  '.repeat(depth)}`;
