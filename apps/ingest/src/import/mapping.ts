import { ok, refuse, type Result } from '@ovation/domain';
import {
  DEAL_COLUMNS_REQUIRED,
  STAGE_MEANINGS,
  type Columns,
  type Preset,
  type StageMeaning,
} from './presets/preset.ts';

/** What a user says about a CSV of deals that no preset knows. */
export interface ImportMapping {
  /** Our name → the heading in the file: `{ "deal": "opportunity_id", "person": "sales_agent" }`. */
  readonly columns: Columns;
  /** The file's stage → `opened`, `won` or `lost`. */
  readonly stages: Readonly<Record<string, StageMeaning>>;
}

const COLUMNS_MAX = 100;
const STAGES_MAX = 100;

/** Checks a mapping that came from outside; a refusal points at the fault. */
export function parseMapping(given: unknown): Result<ImportMapping> {
  if (!isTextRecord(field(given, 'columns'), COLUMNS_MAX)) {
    return refuse('bad_mapping', 'Give the headings of your file by our names.', '/columns');
  }
  const columns = field(given, 'columns') as Columns;
  const missing = DEAL_COLUMNS_REQUIRED.filter((name) => columns[name] === undefined);
  if (missing.length > 0) {
    const names = missing.join(', ');
    return refuse('bad_mapping', `Say which heading is: ${names}.`, `/columns/${missing[0]}`);
  }
  const stages = field(given, 'stages');
  if (!isTextRecord(stages, STAGES_MAX)) {
    return refuse('bad_mapping', 'Say for each stage: opened, won or lost.', '/stages');
  }
  for (const [stage, meaning] of Object.entries(stages)) {
    if (!(STAGE_MEANINGS as readonly string[]).includes(meaning)) {
      const detail = `"${stage}" must be opened, won or lost, not "${meaning}".`;
      return refuse('bad_mapping', detail, `/stages/${stage}`);
    }
  }
  return ok({ columns, stages: stages as ImportMapping['stages'] });
}

/** A mapping is a preset with a pipeline only. */
export function presetOf(mapping: ImportMapping): Preset {
  const prospecting = Object.keys(mapping.stages).filter((stage) => /prospect/i.test(stage));
  return {
    name: 'mapping',
    columns: { pipeline: mapping.columns },
    stages: mapping.stages,
    prospecting,
    sectors: [],
  };
}

const field = (given: unknown, name: string): unknown =>
  typeof given === 'object' && given !== null
    ? (given as Record<string, unknown>)[name]
    : undefined;

function isTextRecord(given: unknown, max: number): given is Record<string, string> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const values = Object.values(given);
  return values.length <= max && values.every((value) => typeof value === 'string' && value !== '');
}
