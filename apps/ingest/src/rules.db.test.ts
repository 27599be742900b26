import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office } from './office.fixture.ts';

const NOW = Date.parse('2026-11-24T09:31:00Z');
let office: Office;
let now = NOW;
beforeAll(async () => {
  office = await openOffice({ clock: { now: () => now } });
});
afterAll(() => office.close());

const euro = { amount: '100.00', currency: 'EUR' };
let count = 0;
const won = (more: object = {}) => ({
  id: `w${(count += 1)}`,
  type: 'deal.won',
  person: 'ana@example.com',
  occurredAt: '2026-11-20T10:00:00Z',
  amount: euro,
  ...more,
});

describe('rates', () => {
  test('make an amount of another currency count from the moment they are set', async () => {
    const event = won();
    const before = await office.send('POST', '/v1/events', event);
    expect(before).toMatchObject({ status: 422, body: { errors: [{ code: 'no_rate' }] } });
    const set = { currency: 'EUR', from: '2026-11-01', rate: '1.085' };
    expect(await office.send('PUT', '/v1/rates', set)).toMatchObject({ status: 200, body: set });
    expect((await office.send('POST', '/v1/events', event)).status).toBe(201);
    expect((await office.log('deal.won')).at(-1).amount).toEqual({
      minor: '10850',
      currency: 'USD',
      sent: { minor: '10000', currency: 'EUR', rate: '1.085', rateDate: '2026-11-01' },
    });
    expect((await office.send('GET', '/v1/rates')).body).toEqual({ rates: [set] });
  });

  test('are in the log with what was before, and can be taken away', async () => {
    const url = '/v1/rates?currency=EUR&from=2026-11-01';
    await office.send('PUT', '/v1/rates', { currency: 'EUR', from: '2026-11-01', rate: '1.09' });
    expect((await office.log('rate.set')).at(-1)).toMatchObject({
      subject: 'EUR',
      was: { from: '2026-11-01', rate: '1.085' },
      now: { from: '2026-11-01', rate: '1.09' },
      by: { kind: 'key' },
    });
    expect((await office.send('DELETE', url)).status).toBe(204);
    expect((await office.send('DELETE', url)).status).toBe(404);
    expect((await office.log('rate.set')).at(-1)).toMatchObject({ now: null });
    const gone = await office.send('POST', '/v1/events', won());
    expect(gone.body.errors[0].code).toBe('no_rate');
  });

  test.each([
    [{ currency: 'USD', from: '2026-11-01', rate: '1' }, 'own_currency'],
    [{ currency: 'XXQ', from: '2026-11-01', rate: '1' }, 'unknown_currency'],
    [{ currency: 'EUR', from: '2026-02-30', rate: '1' }, 'bad_date'],
    [{ currency: 'EUR', from: 'today', rate: '1' }, 'pattern'],
    [{ currency: 'EUR', from: '2026-11-01', rate: '0' }, 'bad_rate'],
    [{ currency: 'EUR', from: '2026-11-01', rate: 1 }, 'type'],
  ])('that make no sense are refused: %j', async (rate, code) => {
    const answer = await office.send('PUT', '/v1/rates', rate);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code }] } });
  });

  test('are one organisation’s own', async () => {
    await office.send('PUT', '/v1/rates', { currency: 'EUR', from: '2026-01-01', rate: '1.2' });
    const { send } = await office.neighbour();
    expect((await send('GET', '/v1/rates')).body).toEqual({ rates: [] });
    expect((await send('DELETE', '/v1/rates?currency=EUR&from=2026-01-01')).status).toBe(404);
    expect((await send('POST', '/v1/events', won())).body.errors[0].code).toBe('no_rate');
    const manager = await office.user('manager');
    expect((await manager('GET', '/v1/rates')).status).toBe(403);
  });
});

describe('an organisation’s rules', () => {
  test('change one by one, with what was before in the log', async () => {
    const before = (await office.send('GET', '/v1/organisation')).body;
    expect(before).toMatchObject({ name: 'Test', currencyOpen: false });
    const patch = { name: 'Isdom', weekStart: 6, takeoverFrom: '250.5', holidays: ['2026-12-25'] };
    const after = (await office.send('PATCH', '/v1/organisation', patch)).body;
    expect(after).toMatchObject({ name: 'Isdom' });
    const changed = { weekStart: 6, takeoverFrom: '25050', holidays: ['2026-12-25'] };
    expect(after.settings).toEqual({ ...before.settings, ...changed });
    expect((await office.log('organisation.changed')).at(-1)).toMatchObject({
      settings: after.settings,
      was: { name: 'Test', settings: before.settings },
    });
  });

  test.each([
    [{ currency: 'EUR' }, 'currency_fixed', '/currency'],
    [{ moneyUnit: 'toman' }, 'unit_of_other_currency', '/moneyUnit'],
    [{ currency: 'XXQ' }, 'unknown_currency', '/currency'],
    [{ timeZone: 'Mars/Base' }, 'unknown_zone', '/timeZone'],
    [{ workHours: [600, 600] }, 'bad_hours', '/workHours'],
    [{ holidays: ['2026-02-29'] }, 'bad_date', '/holidays/0'],
    [{ takeoverFrom: '-1' }, 'range', '/takeoverFrom'],
    [{ weekStart: 0 }, 'minimum', '/weekStart'],
    [{ workdays: [1, 1, 1] }, 'minItems', '/workdays'],
    [{ calendar: 'mayan' }, 'not_one_of', '/calendar'],
  ])('that make no sense are refused: %j', async (patch, code, pointer) => {
    const answer = await office.send('PATCH', '/v1/organisation', patch);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code, pointer }] } });
  });

  test('show rials in tomans, and nothing else', async () => {
    const { send } = await office.neighbour();
    const patch = { currency: 'IRR', moneyUnit: 'toman' };
    const shown = await send('PATCH', '/v1/organisation', patch);
    expect(shown).toMatchObject({ status: 200, body: { settings: patch } });
    const away = await send('PATCH', '/v1/organisation', { currency: 'EUR' });
    const fault = { code: 'unit_of_other_currency', pointer: '/moneyUnit' };
    expect(away).toMatchObject({ status: 422, body: { errors: [fault] } });
    const itself = await send('PATCH', '/v1/organisation', { currency: 'EUR', moneyUnit: null });
    expect(itself.body.settings).not.toHaveProperty('moneyUnit');
  });

  test('let the currency change while nothing is counted in it', async () => {
    const { send } = await office.neighbour();
    const patch = { currency: 'EUR' };
    expect((await send('PATCH', '/v1/organisation', patch)).status).toBe(200);
    expect((await send('POST', '/v1/events', won())).status).toBe(201);
    expect((await send('PATCH', '/v1/organisation', { currency: 'USD' })).status).toBe(422);
  });
});

describe('a closed period', () => {
  const late = () =>
    won({ amount: { amount: '5.00', currency: 'USD' }, occurredAt: '2026-09-30T10:00:00Z' });
  const close = (policy: string | null) =>
    office.send('PATCH', '/v1/organisation', {
      closing: policy === null ? null : { period: 'month', graceDays: 5, late: policy },
    });

  test('turns facts away, imported ones too, or counts them now', async () => {
    await close('refuse');
    const refused = await office.send('POST', '/v1/events', late());
    expect(refused.body.errors[0]).toMatchObject({ code: 'period_closed', pointer: '/occurredAt' });
    expect(refused.body.detail).toContain('2026-09-01');
    const quiet = { orgId: office.orgId, sourceId: 'src_import', quiet: true };
    expect(await office.ingest.door.take(quiet, [late()])).toMatchObject([
      { fault: { code: 'period_closed' } },
    ]);
    await close('open_period');
    expect((await office.send('POST', '/v1/events', late())).status).toBe(201);
    expect((await office.log('deal.won')).at(-1)).toMatchObject({ countsAt: NOW });
    await close(null);
    expect((await office.send('POST', '/v1/events', late())).status).toBe(201);
    expect((await office.log('deal.won')).at(-1)).not.toHaveProperty('countsAt');
  });

  test('is closed by the hour of its organisation, not before', async () => {
    await close('refuse');
    now = Date.parse('2026-10-05T23:59:59Z');
    expect((await office.send('POST', '/v1/events', late())).status).toBe(201);
    now = Date.parse('2026-10-06T00:00:00Z');
    expect((await office.send('POST', '/v1/events', late())).status).toBe(422);
    now = NOW;
    await close(null);
  });
});

test('corrections are stored with what they name and whom they credit', async () => {
  const events = [
    { id: 'c1', type: 'deal.amended', corrects: 'w1', attributes: { region: '' }, reason: 'typo' },
    { id: 'c2', type: 'deal.reassigned', deal: 'opp-1', person: 'ana@example.com' },
    { id: 'c3', type: 'activity.withdrawn', withdraws: 'w9' },
    { id: 'c4', type: 'payment.refunded', payment: 'p1', amount: { amount: '1', currency: 'USD' } },
  ];
  const answer = await office.send('POST', '/v1/events', { events });
  expect(answer.body.results.map((one: { status: number }) => one.status)).toEqual([
    201, 201, 201, 201,
  ]);
  const [amended, reassigned, withdrawn, refunded] = (await office.log()).slice(-4);
  const of = (name: string) => `${office.sourceId}/${name}`;
  expect(amended).toMatchObject({ corrects: of('w1'), attributes: { region: '' }, reason: 'typo' });
  expect(amended).not.toHaveProperty('credits');
  expect(reassigned).toMatchObject({ deal: of('opp-1'), credits: [{ share: '1' }] });
  expect(withdrawn).toMatchObject({ withdraws: of('w9') });
  expect(refunded).toMatchObject({
    payment: `$${of('p1')}`,
    credits: [],
    amount: { minor: '100' },
  });
});
