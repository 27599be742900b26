import type { Finding, ImportReport } from './report.ts';

const HEADLINES = {
  refused: 'Refused',
  suspicious: 'Kept, but please look',
  repaired: 'Repaired',
} as const;

const count = (value: number): string => value.toLocaleString('en');

/** The report as a table for a terminal; ends with a line break. */
export function formatReport(report: ImportReport): string {
  const { deals, events, people, teams, total } = report;
  const rows: [string, string][] = [
    ['Deals won', `${count(deals.won)}   ${grouped(total.amount)} ${total.currency}`],
    ['Deals lost', count(deals.lost)],
    ['Deals open', `${count(deals.engaging)} engaging, ${count(deals.prospecting)} prospecting`],
    ['Events new', count(events.new)],
    ['Events known before', count(events.duplicate)],
    ['Events refused', count(events.refused)],
    ['People', `${count(people.known)}, ${count(people.created)} new`],
    ['Teams', `${count(teams.created)} new`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = [
    report.dryRun ? 'Dry run: nothing was written.' : 'Imported.',
    '',
    ...report.files.map(({ name, role, rows: read }) => fileLine(name, role, read)),
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
  ];
  if (people.withoutDeals.length > 0) {
    lines.push('', `  Without a deal: ${people.withoutDeals.join(', ')}`);
  }
  for (const severity of ['refused', 'suspicious', 'repaired'] as const) {
    const found = report.findings.filter((finding) => finding.severity === severity);
    if (found.length > 0) lines.push('', HEADLINES[severity], ...found.flatMap(findingLines));
  }
  return `${lines.join('\n')}\n`;
}

const fileLine = (name: string, role: string | null, rows: number): string =>
  role === 'dictionary'
    ? `  ${name}: only describes the others, not read`
    : `  ${name}: ${role === null ? 'not recognised' : `${count(rows)} rows of ${role}`}`;

function findingLines({ count: times, code, detail, samples }: Finding): string[] {
  const where = samples.map(({ file, line, value }) => `      ${file}:${line}  ${value}`.trimEnd());
  return [`  ${count(times)} × ${code}: ${detail}`, ...where];
}

/** Thousands apart, without passing through a float. */
const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\..*)/g, ',');
