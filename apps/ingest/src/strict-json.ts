import { ok, refuse, type Result } from '@ovation/domain';
import { API_LIMITS } from '@ovation/protocol';

const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON without surprises: `JSON.parse` lets the last of two equal keys win and accepts half a
 * surrogate pair or a null character, which Postgres then refuses for the whole batch.
 */
export function parseStrictJson(text: string): Result<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse('not_json', `Not JSON: ${(error as Error).message}`);
  }
  const twice = keyGivenTwice(text);
  if (twice !== undefined) {
    return refuse('key_twice', `The key "${twice}" stands twice in one object. Keep one of them.`);
  }
  return strange(value, '', 0) ?? ok(value);
}

/** Walks the text of valid JSON and finds an object that names a key twice. */
function keyGivenTwice(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let keyNext = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : undefined);
      keyNext = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
      keyNext = false;
    } else if (char === ',') keyNext = open.at(-1) !== undefined;
    else if (char === '"') {
      const end = endOfString(text, index);
      if (keyNext) {
        const key = JSON.parse(text.slice(index, end + 1)) as string;
        const keys = open.at(-1)!;
        if (keys.has(key)) return key;
        keys.add(key);
        keyNext = false;
      }
      index = end;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}

function strange(value: unknown, pointer: string, depth: number): Result<unknown> | undefined {
  if (typeof value === 'string') return strangeText(value, pointer);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= API_LIMITS.jsonDepth) {
    return refuse('too_deep', `At most ${API_LIMITS.jsonDepth} levels of nesting.`, pointer);
  }
  for (const [key, inner] of Object.entries(value)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (POISON.has(key)) return refuse('bad_key', `The key "${key}" cannot be used.`, at);
    const found = strangeText(key, at) ?? strange(inner, at, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function strangeText(text: string, pointer: string): Result<unknown> | undefined {
  if (text.includes('\u0000')) {
    return refuse('null_character', 'Text cannot hold a null character.', pointer);
  }
  if (/[\uD800-\uDFFF]/u.test(text)) {
    return refuse('half_character', 'Text holds half of a surrogate pair.', pointer);
  }
  return undefined;
}
