import { readHead } from './csv.ts';
import { presetOf, type ImportMapping } from './mapping.ts';
import type { ImportFile } from './ports.ts';
import { DEAL_COLUMNS_REQUIRED, type Columns, type Preset } from './presets/preset.ts';
import { PRESETS } from './presets/index.ts';
import type { Role } from './report.ts';

/** A file whose use is known. */
export interface RecognisedFile {
  readonly file: ImportFile;
  readonly role: Role;
  readonly preset: Preset;
  readonly columns: Columns;
  readonly delimiter: string;
  /** Rows at most. */
  readonly lines: number;
}

/** A file that nothing knows, with what it has and what was looked for. */
export interface UnknownFile {
  readonly file: ImportFile;
  readonly role: null;
  readonly header: readonly string[];
  readonly expected: string;
}

/** Says what a file is for by its header; a mapping comes before the presets. */
export async function recognise(
  file: ImportFile,
  mapping: ImportMapping | undefined,
): Promise<RecognisedFile | UnknownFile> {
  const { header, delimiter, lines } = await readHead(file);
  const presets = mapping ? [presetOf(mapping), ...PRESETS] : PRESETS;
  for (const preset of presets) {
    for (const [role, columns] of Object.entries(preset.columns) as [Role, Columns][]) {
      const needed = mapping && preset === presets[0] ? required(columns) : Object.values(columns);
      if (!needed.every((heading) => header.includes(heading))) continue;
      return { file, role, preset, columns, delimiter, lines };
    }
  }
  return { file, role: null, header, expected: expectation(presets) };
}

const required = (columns: Columns): string[] =>
  DEAL_COLUMNS_REQUIRED.map((name) => columns[name] ?? '');

function expectation(presets: readonly Preset[]): string {
  return presets
    .flatMap((preset) => Object.entries(preset.columns) as [Role, Columns][])
    .filter(([role]) => role !== 'dictionary')
    .map(([role, columns]) => `${role} (${Object.values(columns).join(', ')})`)
    .join('; ');
}
