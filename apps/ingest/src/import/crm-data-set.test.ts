import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryPorts, type MemoryPorts } from './memory-ports.fixture.ts';
import type { ImportFile } from './ports.ts';
import type { ImportReport } from './report.ts';
import { runImport } from './run-import.ts';

const repoRoot = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = join(repoRoot, '../shared/data/crm-sales-opportunities');
const present = existsSync(join(folder, 'sales_pipeline.csv'));
if (!present) console.warn(`NOT RUN: the CRM data set is not at ${folder}`);

const NAMES = ['sales_pipeline', 'data_dictionary', 'accounts', 'products', 'sales_teams'];

function dataSet(): ImportFile[] {
  return NAMES.map((name) => {
    const path = join(folder, `${name}.csv`);
    return { name: `${name}.csv`, size: statSync(path).size, open: () => createReadStream(path) };
  });
}

/** Cents that a person won, added up from the events themselves. */
function wonBy(ports: MemoryPorts, person: string): string {
  let cents = 0n;
  for (const event of ports.events.values()) {
    if (event.type !== 'deal.won' || event.credits?.[0]?.person !== person) continue;
    cents += BigInt(event.amount?.amount.replace('.', '') ?? '0');
  }
  return `${cents / 100n}.${(cents % 100n).toString().padStart(2, '0')}`;
}

describe.skipIf(!present)('the CRM data set', () => {
  const ports = memoryPorts();
  let report: ImportReport;
  beforeAll(async () => {
    report = await runImport(dataSet(), {}, ports);
  });

  test('is counted to the cent', () => {
    expect(report.deals).toEqual({ won: 4238, lost: 2473, engaging: 1589, prospecting: 500 });
    expect(report.total).toEqual({ amount: '10005534.00', currency: 'USD' });
    expect(report.events).toEqual({ new: 8800 + 4238 + 2473, duplicate: 0, refused: 0 });
  });

  test.each([
    ['Darcel Schlecht', '1153214.00'],
    ['Vicki Laflamme', '478396.00'],
    ['Kary Hendrixson', '454298.00'],
    ['Cassey Cress', '450489.00'],
    ['Donn Cantrell', '445860.00'],
  ])('%s won %s', (person, total) => {
    expect(wonBy(ports, person)).toBe(total);
  });

  test('every file is recognised by its header', () => {
    expect(report.files).toEqual([
      { name: 'sales_pipeline.csv', role: 'pipeline', rows: 8800 },
      { name: 'data_dictionary.csv', role: 'dictionary', rows: 0 },
      { name: 'accounts.csv', role: 'accounts', rows: 85 },
      { name: 'products.csv', role: 'products', rows: 7 },
      { name: 'sales_teams.csv', role: 'teams', rows: 35 },
    ]);
  });

  test('a team per manager below the regional office, and the people without deals by name', () => {
    expect(report.teams.created).toBe(3 + 6);
    expect(ports.teams.get('Celia Rouche')).toBe('id of West');
    expect(ports.people.get('Darcel Schlecht')).toBe('id of Melvin Marxen');
    expect(report.people).toEqual({
      known: 35,
      created: 35,
      withoutDeals: [
        'Mei-Mei Johns',
        'Elizabeth Anderson',
        'Natalya Ivanova',
        'Carol Thompson',
        'Carl Lin',
      ],
    });
  });

  test('what is odd in it is found, counted and shown', () => {
    const counts = Object.fromEntries(
      report.findings.map(({ severity, code, count }) => [`${severity} ${code}`, count]),
    );
    expect(counts).toEqual({
      'repaired product_spelling': 1480,
      'suspicious missing_account': 1425,
      'suspicious missing_engage_date': 500,
      'suspicious sector_spelling': 12,
    });
    const spelling = report.findings.find(({ code }) => code === 'product_spelling');
    expect(spelling?.samples).toHaveLength(5);
    expect(spelling?.samples[0]).toEqual({
      file: 'sales_pipeline.csv',
      line: 3,
      value: 'GTXPro → GTX Pro',
    });
  });

  test('a won deal is opened and won at the start of its days', () => {
    const common = {
      deal: 'Z063OYW0',
      credits: [{ person: 'Darcel Schlecht', share: '1' }],
    };
    const attributes = {
      product: 'GTX Pro',
      series: 'GTX',
      account: 'Isdom',
      sector: 'medical',
      region: 'Central',
    };
    expect(ports.events.get('Z063OYW0:opened')).toEqual({
      ...common,
      id: 'Z063OYW0:opened',
      type: 'deal.opened',
      occurredAt: '2016-10-25T00:00:00Z',
      attributes: { ...attributes, stage: 'Engaging' },
    });
    expect(ports.events.get('Z063OYW0:won')).toEqual({
      ...common,
      id: 'Z063OYW0:won',
      type: 'deal.won',
      occurredAt: '2017-03-11T00:00:00Z',
      amount: { amount: '4514.00', currency: 'USD' },
      attributes: { ...attributes, stage: 'Won' },
    });
  });

  test('no batch is larger than 500', () => {
    expect(Math.max(...ports.batches)).toBe(500);
  });

  test('a second import adds nothing', async () => {
    const again = await runImport(dataSet(), {}, ports);
    expect(again.events).toEqual({ new: 0, duplicate: 15_511, refused: 0 });
    expect([again.people.created, again.teams.created]).toEqual([0, 0]);
    expect(again.total).toEqual(report.total);
  });

  test('a dry run touches nothing and reports the same', async () => {
    const dry = memoryPorts({ dryRun: true });
    const rehearsed = await runImport(dataSet(), {}, dry);
    expect([dry.events.size, dry.teams.size, dry.people.size, dry.batches]).toEqual([0, 0, 0, []]);
    expect(rehearsed).toEqual({ ...report, dryRun: true });
  });

  test('progress goes phase by phase and ends at the number of rows', async () => {
    const seen: string[] = [];
    await runImport(dataSet(), {}, memoryPorts({ dryRun: true }), ({ phase, rows, of }) => {
      seen.push(`${phase} ${rows}/${of}`);
    });
    expect(seen.filter((line) => !line.includes(' 0/')).slice(0, 4)).toEqual([
      'teams 35/35',
      'products 7/7',
      'accounts 85/85',
      'pipeline 500/8800',
    ]);
    expect(seen.at(-1)).toBe('pipeline 8800/8800');
  });
});
