import { Appender } from './appender.ts';
import { readRows, type CsvRow } from './csv.ts';
import { dealEvents } from './deal-events.ts';
import { cellOf, formatAmount, readDealRow, type DealRow } from './deal-row.ts';
import { Findings } from './findings.ts';
import { Lookups } from './lookups.ts';
import type { ImportMapping } from './mapping.ts';
import type { ImportFile, ImportPorts } from './ports.ts';
import { recognise, type RecognisedFile, type UnknownFile } from './recognise.ts';
import { PHASES, type ImportProgress, type ImportReport, type Phase } from './report.ts';
import { meantWord, spellingKey } from './spelling.ts';

export interface ImportOptions {
  readonly mapping?: ImportMapping;
}

/** Awaited, so that a slow listener slows the import and not the memory. */
export type OnProgress = (progress: ImportProgress) => void | Promise<void>;

/** The small files are kept in memory. */
const LOOKUP_ROWS_MAX = 100_000;
/** The ids of the deals are kept in memory, to find the ones that come twice. */
const DEALS_MAX = 2_000_000;
const PROGRESS_ROWS = 500;

/**
 * Reads the files, whatever their order, lookups before deals, and hands teams, people and events
 * to the ports. What is wrong with a row is a finding in the report and stops nothing; rejects only
 * with what the ports, the listener or reading the files reject with. Running it again is safe.
 */
export async function runImport(
  files: readonly ImportFile[],
  options: ImportOptions,
  ports: ImportPorts,
  onProgress: OnProgress = () => undefined,
): Promise<ImportReport> {
  const run = new ImportRun(ports, onProgress);
  for (const file of files) run.take(await recognise(file, options.mapping));
  for (const phase of PHASES) await run.read(phase);
  return run.report();
}

/** One run: phase by phase, then the report. */
class ImportRun {
  readonly #ports: ImportPorts;
  readonly #onProgress: OnProgress;
  readonly #findings = new Findings();
  readonly #lookups = new Lookups();
  readonly #appender: Appender;
  readonly #files: (RecognisedFile | UnknownFile)[] = [];
  readonly #rows = new Map<ImportFile, number>();
  readonly #deals = { won: 0, lost: 0, engaging: 0, prospecting: 0 };
  readonly #seenDeals = new Set<string>();
  readonly #withDeals = new Set<string>();
  #wonMinor = 0n;
  readonly #created = { people: 0, teams: 0 };

  constructor(ports: ImportPorts, onProgress: OnProgress) {
    this.#ports = ports;
    this.#onProgress = onProgress;
    this.#appender = new Appender(ports, this.#findings);
  }

  take(known: RecognisedFile | UnknownFile): void {
    this.#files.push(known);
    if (known.role !== null) return;
    const header = known.header.join(', ') || 'nothing';
    const detail = `Header not recognised: ${header}. Expected one of: ${known.expected}.`;
    const place = { file: known.file.name, line: 1 };
    this.#findings.note('refused', `unknown_file:${known.file.name}`, detail, place, header);
  }

  async read(phase: Phase): Promise<void> {
    const files = this.#files.filter((file): file is RecognisedFile => file.role === phase);
    if (files.length === 0) return;
    const of = files.reduce((sum, file) => sum + file.lines, 0);
    let rows = 0;
    await this.#onProgress({ kind: 'progress', phase, rows, of });
    for (const file of files) {
      for await (const row of this.#rowsOf(file)) {
        await this.#readers[phase](row, file);
        rows += 1;
        if (rows % PROGRESS_ROWS !== 0) continue;
        await this.#onProgress({ kind: 'progress', phase, rows, of: Math.max(of, rows) });
      }
    }
    if (phase === 'teams') await this.#ensureTeams();
    if (phase === 'pipeline') await this.#appender.flush();
    await this.#onProgress({ kind: 'progress', phase, rows, of: rows });
  }

  report(): ImportReport {
    const { currency, dryRun } = this.#ports;
    const members = [...this.#lookups.members.keys()];
    return {
      dryRun,
      files: this.#files.map(({ file, role }) => ({
        name: file.name,
        role,
        rows: this.#rows.get(file) ?? 0,
      })),
      events: this.#appender.counts,
      deals: this.#deals,
      total: { amount: formatAmount(this.#wonMinor, currency), currency },
      people: {
        known: members.length,
        created: this.#created.people,
        withoutDeals: this.#hasPipeline() ? members.filter((one) => !this.#withDeals.has(one)) : [],
      },
      teams: { created: this.#created.teams },
      findings: this.#findings.list(),
    };
  }

  async *#rowsOf(known: RecognisedFile): AsyncGenerator<CsvRow> {
    const file = known.file.name;
    const max = known.role === 'pipeline' ? DEALS_MAX : LOOKUP_ROWS_MAX;
    const onBadRow = (line: number, detail: string) =>
      this.#findings.note('refused', 'bad_row', detail, { file, line }, '');
    let count = 0;
    for await (const row of readRows(known.file, known.delimiter, onBadRow)) {
      if (count === max) {
        const detail = `Only the first ${max} rows of a file of ${known.role} are read: split it.`;
        this.#findings.note('refused', 'too_many_rows', detail, { file, line: row.line }, '');
        return;
      }
      count += 1;
      this.#rows.set(known.file, count);
      yield row;
    }
  }

  readonly #readers: Record<Phase, (row: CsvRow, file: RecognisedFile) => void | Promise<void>> = {
    teams: (row, { columns }) => {
      const [person, manager, office] = cells(row, columns, ['person', 'manager', 'office']);
      if (person) this.#lookups.members.set(person, { person, manager, office });
    },
    products: (row, { columns }) => {
      const [product, series] = cells(row, columns, ['product', 'series', '']);
      this.#lookups.products.set(spellingKey(product), { product, series });
    },
    accounts: (row, { columns, preset, file }) => {
      const [account, sector] = cells(row, columns, ['account', 'sector', '']);
      this.#lookups.accounts.set(spellingKey(account), { account, sector });
      const meant = meantWord(sector, preset.sectors);
      if (meant === undefined) return;
      const place = { file: file.name, line: row.line };
      const detail = `The sector "${sector}" is probably "${meant}": kept as written.`;
      this.#findings.note('suspicious', 'sector_spelling', detail, place, sector);
    },
    pipeline: (row, file) => this.#readDeal(row, file),
  };

  async #readDeal(row: CsvRow, { file, columns, preset }: RecognisedFile): Promise<void> {
    const place = { file: file.name, line: row.line };
    const deal = readDealRow(row.fields, place, {
      columns,
      preset,
      lookups: this.#lookups,
      findings: this.#findings,
      currency: this.#ports.currency,
      seen: this.#seenDeals,
    });
    if (!deal) return;
    if (this.#lookups.members.has(deal.person)) this.#withDeals.add(deal.person);
    const events = dealEvents(deal, preset, this.#ports);
    for (const [index, event] of events.entries()) {
      const isLast = index === events.length - 1;
      await this.#appender.add(event, place, isLast ? () => this.#count(deal) : undefined);
    }
  }

  #count(deal: DealRow): void {
    if (deal.meaning === 'opened') this.#deals[deal.prospecting ? 'prospecting' : 'engaging'] += 1;
    else this.#deals[deal.meaning] += 1;
    this.#wonMinor += deal.amountMinor;
  }

  async #ensureTeams(): Promise<void> {
    const teams = new Map<string, string>();
    const ensure = async (name: string, parent: string | null): Promise<string | null> => {
      if (name === '') return parent;
      const key = `${parent ?? ''}\n${name}`;
      const known = teams.get(key);
      if (known !== undefined) return known;
      const { id, created } = this.#ports.dryRun
        ? { id: name, created: true }
        : await this.#ports.ensureTeam(name, parent);
      teams.set(key, id);
      if (created) this.#created.teams += 1;
      return id;
    };
    for (const { person, manager, office } of this.#lookups.members.values()) {
      const team = await ensure(manager, await ensure(office, null));
      const created = this.#ports.dryRun || (await this.#ports.ensurePerson(person, team)).created;
      if (created) this.#created.people += 1;
    }
  }

  #hasPipeline(): boolean {
    return this.#files.some(({ role }) => role === 'pipeline');
  }
}

function cells(
  row: CsvRow,
  columns: Readonly<Record<string, string>>,
  names: readonly [string, string, string],
): [string, string, string] {
  const [a, b, c] = names.map((name) => cellOf(row.fields, columns, name));
  return [a ?? '', b ?? '', c ?? ''];
}
