import type { Catalogue } from './catalogue.ts';

/** Sentences of the server about imports of deals. */
export const saidImportsEn = {
  said_row_deal: 'The row names no deal.',
  said_row_person: 'The row names no person.',
  said_row_stage: 'The stage is not in the mapping.',
  said_row_twice: 'The deal was in an earlier row; the first one counts.',
  said_row_dates: 'Write dates as {sample} (Gregorian) or {instant}.',
  said_row_close: 'A won or lost deal needs the date it closed.',
  said_row_amount: 'An amount is a plain decimal of {currency} such as {example}, not below 0.',
  said_row_began:
    'Nobody has said when work on the deal began: an open deal counts from its arrival.',
  said_row_order: 'Closed before it was opened.',
  said_row_zero: 'Won, but worth nothing: it counts as a deal and adds no revenue.',
  said_row_stranger: 'Not in the file of teams: kept, waits in the unmatched inbox.',
  said_row_without: 'The deal names no {what}: kept without.',
  said_row_unlisted: 'The {what} is not in the list of {what}s: kept as written.',
  said_row_spelling:
    'Spelled differently from the list of {what}s: ' + '"{written}" became "{listed}".',
  said_map_columns: 'Give the headings of your file by our names.',
  said_map_missing: 'Say which heading is: {names}.',
  said_map_stages: 'Say for each stage: opened, won or lost.',
  said_map_stage: '"{stage}" must be opened, won or lost, not "{meaning}".',
  said_import_broken: 'The import broke off. Send it again: nothing doubles.',
  said_imports_busy: 'Several imports are running. Try again shortly.',
  said_import_csv: 'Send CSV files as multipart/form-data or text/csv.',
  said_import_header: 'Header not recognised: {header}. Expected one of: {expected}.',
  said_import_rows: 'Only the first {max} rows of a file of {role} are read: split it.',
  said_import_sector: 'The sector "{sector}" is probably "{meant}": kept as written.',
  said_import_none: 'Send at least one CSV file.',
  said_import_large:
    'At most {n} files of together {size} MiB: send the rest in another import. ' +
    'Rows that were sent before are known and do no harm.',
} as const satisfies Catalogue;
