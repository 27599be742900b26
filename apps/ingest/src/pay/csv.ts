import { createHash } from 'node:crypto';

/** A text that a spreadsheet takes as text and not as a formula. */
function cell(value: string): string {
  const plain = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** RFC 4180, with the same bytes for the same rows. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
