import { SEVERITIES, type Finding, type Sample, type Severity } from './report.ts';

const SAMPLES_MAX = 5;
/** Codes come from a table and from the door's refusals; a door gone wild must not fill the memory. */
const CODES_MAX = 100;
const VALUE_CHARACTERS_MAX = 80;

interface Counted {
  readonly severity: Severity;
  readonly code: string;
  readonly detail: string;
  count: number;
  readonly samples: Sample[];
}

/** Where in the files something was noticed. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Counts what was noticed by code; keeps the first detail and the first few places of each. */
export class Findings {
  readonly #byCode = new Map<string, Counted>();

  note(severity: Severity, code: string, detail: string, place: Place, value: string): void {
    const key = this.#byCode.has(code) || this.#byCode.size < CODES_MAX ? code : 'other';
    const found = this.#byCode.get(key) ?? { severity, code: key, detail, count: 0, samples: [] };
    this.#byCode.set(key, found);
    found.count += 1;
    if (found.samples.length < SAMPLES_MAX) {
      const { file, line } = place;
      found.samples.push({ file, line, value: value.slice(0, VALUE_CHARACTERS_MAX) });
    }
  }

  /** Worst first, then most frequent first. */
  list(): readonly Finding[] {
    const rank = (finding: Finding) => SEVERITIES.indexOf(finding.severity);
    return [...this.#byCode.values()].toSorted(
      (a, b) => rank(a) - rank(b) || b.count - a.count || (a.code < b.code ? -1 : 1),
    );
  }
}
