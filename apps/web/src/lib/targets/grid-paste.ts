import { typedNumber } from '../desk/typed-number.ts';
import { placesOf, type Block, type Place, type Size } from './grid-selection.ts';

/**
 * Rows and fields of what a spreadsheet puts on the clipboard: tabs between fields, a field with a
 * line break or a tab in quotation marks.
 */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const field = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  let at = 0;
  while (at <= body.length) {
    field.lastIndex = at;
    const found = field.exec(body);
    if (!found) break;
    rows[rows.length - 1]!.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    at = field.lastIndex;
    if (body[at] === '\n') rows.push([]);
    at += 1;
  }
  return rows;
}

/** What a pasted or typed text means in a cell. */
export type Typed =
  | { readonly kind: 'value'; readonly value: string | null }
  | { readonly kind: 'not_a_number' | 'not_positive'; readonly text: string };

/** Currency and percent signs around a number are what spreadsheets show, not what they mean. */
const DRESS = /^[\p{Sc}%٪\s]+|[\p{Sc}%٪\s]+$/gu;

/** A cell's text; nothing takes the target away. */
export function typedCell(text: string): Typed {
  const value = typedNumber(text.replace(DRESS, ''));
  if (value === null) return { kind: 'not_a_number', text };
  if (value === '') return { kind: 'value', value: null };
  return Number(value) > 0 ? { kind: 'value', value } : { kind: 'not_positive', text };
}

export interface Pasted {
  readonly place: Place;
  readonly typed: Typed;
}

/** Where each field goes: one alone fills the selection, a block begins at its first cell. */
export function pasteInto(rows: readonly (readonly string[])[], into: Block, size: Size): Pasted[] {
  if (rows.length === 1 && rows[0]!.length === 1) {
    const typed = typedCell(rows[0]![0]!);
    return placesOf(into).map((place) => ({ place, typed }));
  }
  return rows.flatMap((fields, down) =>
    fields.flatMap((text, along) => {
      const place = { row: into.top + down, column: into.left + along };
      const inside = place.row < size.rows && place.column < size.columns;
      return inside ? [{ place, typed: typedCell(text) }] : [];
    }),
  );
}

/** A block for the clipboard, in plain digits, as every spreadsheet reads it. */
export const copiedText = (rows: readonly (readonly (string | null)[])[]): string =>
  rows
    .map((fields) => fields.map((value) => (value ?? '').replace(/\.0+$/, '')).join('\t'))
    .join('\n');
