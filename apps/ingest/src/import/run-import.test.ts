import { expect, test } from 'vitest';
import { parseMapping } from './mapping.ts';
import { memoryPorts, textFile } from './memory-ports.fixture.ts';
import { runImport } from './run-import.ts';

const HEADER =
  'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value';
const TEAMS = 'sales_agent,manager,regional_office\nAna,Mo,West\n';

async function importRows(rows: string[], extra: string[] = [], header = HEADER) {
  const ports = memoryPorts();
  const text = [header, ...rows].join('\r\n');
  const files = [
    textFile('deals.csv', text),
    ...extra.map((one, at) => textFile(`f${at}.csv`, one)),
  ];
  return { ports, report: await runImport(files, {}, ports) };
}

const codes = (report: { findings: readonly { severity: string; code: string }[] }) =>
  report.findings.map(({ severity, code }) => `${severity} ${code}`);

test.each([
  [
    'an amount with a thousands separator',
    'a,Ana,P,A,Won,2026-01-01,2026-01-02,"1,054"',
    'bad_amount',
  ],
  ['a won deal without an amount', 'a,Ana,P,A,Won,2026-01-01,2026-01-02,', 'bad_amount'],
  ['a negative amount', 'a,Ana,P,A,Won,2026-01-01,2026-01-02,-5', 'bad_amount'],
  [
    'more decimals than the currency has',
    'a,Ana,P,A,Won,2026-01-01,2026-01-02,5.005',
    'bad_amount',
  ],
  ['a won deal without a close date', 'a,Ana,P,A,Won,2026-01-01,,5', 'missing_close_date'],
  ['a lost deal without a close date', 'a,Ana,P,A,Lost,2026-01-01,,0', 'missing_close_date'],
  ['a date that does not exist', 'a,Ana,P,A,Won,2026-02-30,2026-03-02,5', 'bad_date'],
  ['a Jalali date', 'a,Ana,P,A,Won,1404-09-01,1404-09-03,5', 'bad_date'],
  ['a stage nobody knows', 'a,Ana,P,A,constructor,2026-01-01,2026-01-02,5', 'unknown_stage'],
  ['no deal id', ',Ana,P,A,Won,2026-01-01,2026-01-02,5', 'missing_deal'],
  ['no person', 'a,,P,A,Won,2026-01-01,2026-01-02,5', 'missing_person'],
  ['a field too many', 'a,Ana,P,A,Won,2026-01-01,2026-01-02,5,6', 'bad_row'],
])('%s is refused with its line, and the rest goes on', async (_name, row, code) => {
  const good = 'good,Ana,P,A,Won,2026-01-01,2026-01-02,7.50';
  const { ports, report } = await importRows([row, good]);
  expect(codes(report)).toEqual([`refused ${code}`]);
  expect(report.findings[0]?.samples[0]).toMatchObject({ file: 'deals.csv', line: 2 });
  expect([...ports.events.keys()]).toEqual(['good:opened', 'good:won']);
  expect(report.total.amount).toBe('7.50');
});

test.each([
  ['won for nothing', 'a,Ana,P,A,Won,2026-01-01,2026-01-02,0', 'zero_amount'],
  ['closed before it was opened', 'a,Ana,P,A,Lost,2026-01-03,2026-01-02,0', 'closed_before_opened'],
  ['without an account', 'a,Ana,P,,Lost,2026-01-01,2026-01-02,0', 'missing_account'],
  ['of somebody unknown', 'a,Zed,P,A,Lost,2026-01-01,2026-01-02,0', 'unknown_person'],
])('a deal %s is kept and reported', async (_name, row, code) => {
  const { ports, report } = await importRows([row], [TEAMS]);
  expect(codes(report)).toEqual([`suspicious ${code}`]);
  expect(ports.events.size).toBe(2);
});

test('an opportunity that comes twice is refused the second time', async () => {
  const row = 'a,Ana,P,A,Won,2026-01-01,2026-01-02,5';
  const { report } = await importRows([row, row]);
  expect(codes(report)).toEqual(['refused duplicate_deal']);
  expect(report.deals.won).toBe(1);
});

test('a prospect has no time of its own: its arrival counts', async () => {
  const { ports, report } = await importRows(['a,Ana,P,A,Prospecting,,,']);
  expect(ports.events.get('a:opened')).not.toHaveProperty('occurredAt');
  expect(codes(report)).toEqual(['suspicious missing_engage_date']);
});

test('byte order mark, CRLF, quotes, line breaks and umlauts inside quotes are read', async () => {
  const row = 'a,"Ünal ""Ü"" Öz",P,"Acme,\nInc.",Lost,2026-01-01,2026-01-02,0';
  const { ports, report } = await importRows([row], [], `\uFEFF${HEADER}`);
  expect(codes(report)).toEqual([]);
  expect(ports.events.get('a:lost')).toMatchObject({
    credits: [{ person: 'Ünal "Ü" Öz' }],
    attributes: { account: 'Acme,\nInc.' },
  });
});

test('a file nobody knows is refused with what it has and what was expected', async () => {
  const ports = memoryPorts();
  const report = await runImport([textFile('x.csv', 'colour,size\nred,3\n')], {}, ports);
  expect(report.files).toEqual([{ name: 'x.csv', role: null, rows: 0 }]);
  expect(report.findings[0]?.detail).toContain('Header not recognised: colour, size.');
  expect(report.findings[0]?.detail).toContain('pipeline (opportunity_id, sales_agent');
});

test('an empty file is refused like an unknown one', async () => {
  const report = await runImport([textFile('empty.csv', '')], {}, memoryPorts());
  expect(report.findings[0]?.detail).toContain('Header not recognised: nothing.');
});

test("a mapping reads somebody else's columns, stages and separator", async () => {
  const mapping = parseMapping({
    columns: {
      deal: 'Nr',
      person: 'Verkäufer',
      stage: 'Status',
      amount: 'Wert',
      closedOn: 'Am',
      campaign: 'Kampagne',
    },
    stages: { Gewonnen: 'won', Verloren: 'lost', Offen: 'opened' },
  });
  if (!mapping.ok) throw new Error(mapping.fault.detail);
  const ports = memoryPorts({ currency: 'EUR' });
  const text =
    'Nr;Verkäufer;Status;Wert;Am;Kampagne\n7;Ana;Gewonnen;12.5;2026/03/01;Messe\n8;Bo;Offen;;;\n';
  const report = await runImport([textFile('d.csv', text)], { mapping: mapping.value }, ports);
  expect(report.deals).toEqual({ won: 1, lost: 0, engaging: 1, prospecting: 0 });
  expect(ports.events.get('7:won')).toMatchObject({
    occurredAt: '2026-03-01T00:00:00Z',
    amount: { amount: '12.50', currency: 'EUR' },
    attributes: { campaign: 'Messe', stage: 'Gewonnen' },
  });
  expect(ports.events.has('7:opened')).toBe(false);
});

test.each([
  [null, '/columns'],
  [{ columns: { deal: 'x' }, stages: {} }, '/columns/person'],
  [{ columns: { deal: 'x', person: 'y', stage: 'z' } }, '/stages'],
  [{ columns: { deal: 'x', person: 'y', stage: 'z' }, stages: { A: 'gone' } }, '/stages/A'],
])('a mapping with a fault is refused where it is: %j', (given, pointer) => {
  expect(parseMapping(given)).toMatchObject({ ok: false, fault: { code: 'bad_mapping', pointer } });
});

test('what the door refuses is counted and not added to the total', async () => {
  const ports = memoryPorts();
  await runImport(
    [textFile('d.csv', `${HEADER}\na,Ana,P,A,Won,2026-01-01,2026-01-02,5`)],
    {},
    ports,
  );
  const changed = textFile('d.csv', `${HEADER}\na,Ana,P,A,Won,2026-01-01,2026-01-02,6`);
  const report = await runImport([changed], {}, ports);
  expect(report.events).toEqual({ new: 0, duplicate: 1, refused: 1 });
  expect(report.total.amount).toBe('0.00');
  expect(codes(report)).toEqual(['refused id_reused']);
});
