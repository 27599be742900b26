import {
  createCalendar,
  type Calendar,
  type OrganisationSettings,
  type TeamId,
} from '@ovation/domain';
import {
  inOrg,
  readOrganisation,
  readRates,
  readTeams,
  type RateRow,
  type Sql,
} from '@ovation/store';
import type { IngestDeps } from './deps.ts';

/** How long an organisation's rules are trusted before they are read again. */
const FRESH_MS = 5_000;
/** Organisations remembered before the cache begins again. */
const KEPT_MAX = 10_000;

/** What the door needs to know of an organisation to judge an event. */
export interface Rules {
  readonly settings: OrganisationSettings;
  readonly calendar: Calendar;
  /** By currency, newest first. */
  readonly rates: ReadonlyMap<string, readonly RateRow[]>;
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[];
}

/** The rules of organisations, remembered for a moment; this process forgets what it changes. */
export class RulesCache {
  readonly #deps: Pick<IngestDeps, 'sql' | 'clock'>;
  readonly #known = new Map<string, { readonly until: number; readonly rules: Rules }>();
  #changes = 0;

  constructor(deps: Pick<IngestDeps, 'sql' | 'clock'>) {
    this.#deps = deps;
  }

  async of(orgId: string): Promise<Rules> {
    const now = this.#deps.clock.now();
    const known = this.#known.get(orgId);
    if (known && now < known.until) return known.rules;
    const before = this.#changes;
    const rules = await readRules(this.#deps.sql, orgId);
    if (this.#known.size >= KEPT_MAX) this.#known.clear();
    // What was read while somebody changed it may be old: the next event reads again.
    if (before === this.#changes) this.#known.set(orgId, { until: now + FRESH_MS, rules });
    return rules;
  }

  forget(orgId: string): void {
    this.#changes += 1;
    this.#known.delete(orgId);
  }
}

async function readRules(sql: Sql, orgId: string): Promise<Rules> {
  const organisation = await readOrganisation(sql, orgId);
  if (!organisation) throw new Error(`unknown organisation: ${orgId}`);
  const { settings } = organisation;
  const rates = new Map<string, RateRow[]>();
  for (const row of await inOrg(sql, orgId, (tx) => readRates(tx, orgId))) {
    rates.set(row.currency, [...(rates.get(row.currency) ?? []), row]);
  }
  const teams = await readTeams(sql, orgId);
  return { settings, calendar: createCalendar(settings), rates, teams };
}
