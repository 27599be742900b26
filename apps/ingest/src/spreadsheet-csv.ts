/**
 * One line of a CSV file that a spreadsheet can open without harm: a cell that it would run as a
 * formula is made a text by an apostrophe.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  const text = cell === null ? '' : String(cell);
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Before the first line: spreadsheets then read the file as UTF-8. */
export const CSV_MARK = '\ufeff';
