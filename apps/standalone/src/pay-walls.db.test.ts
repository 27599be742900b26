import { ACTIONS, may, type Action } from '@ovation/domain';
import { hashToken, newId, newToken } from '@ovation/host';
import { bootstrap } from '@ovation/ingest';
import { createSource, inOrg, saveApiKey } from '@ovation/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressed, describedCalls, openPayScene, PAY_CALLS } from './pay-routes.fixture.ts';
import type { PayScene } from './pay-routes.fixture.ts';

/** The walls around pay: between organisations, and between roles. Every call is tried. */

let scene: PayScene;
let neighbour = '';
beforeAll(async () => {
  scene = await openPayScene();
  neighbour = newToken('ovk');
  const { deps } = scene.crew.floor;
  await bootstrap(deps, { name: 'Neighbour', key: neighbour, demo: false });
});
afterAll(() => scene.crew.floor.close());

interface Said {
  readonly status: number;
  readonly text: string;
}
async function sendAs(key: string | null, call: string): Promise<Said> {
  const { method, url } = addressed(call, scene.ids);
  const body = PAY_CALLS[call]!.body?.(scene.ids);
  const answer = await scene.crew.floor.ingest.app.inject({
    ...{ method, url },
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, text: answer.body };
}

/** A key of the organisation with these rights. */
async function keyWith(scopes: readonly Action[]): Promise<string> {
  const { orgId, db } = scene.crew.floor;
  const [key, sourceId] = [newToken('ovk'), newId('src')];
  await inOrg(db.app, orgId, async (tx) => {
    await createSource(tx, orgId, { id: sourceId, name: 'Key', kind: 'key' });
    const row = { orgId, keyId: newId('key'), scopes, sourceId, prefix: key.slice(0, 8) };
    await saveApiKey(tx, { ...row, keyHash: hashToken(key), name: 'Key' });
  });
  return key;
}

const TABLES = [
  ...['plan', 'plan_version', 'plan_assignment', 'pay_rules', 'pay_period', 'payee', 'pay_entry'],
  ...['statement', 'pay_approval', 'dispute', 'payout_batch', 'payout_line', 'pay_hold'],
];
/** Everything about pay that the organisation has. */
async function picture(): Promise<string> {
  const { db, orgId } = scene.crew.floor;
  const parts = [];
  for (const table of TABLES) {
    const rows = await db.owner<{ row: string }[]>`
      select t::text as row from ${db.owner(table)} t where org_id = ${orgId} order by 1`;
    parts.push(table, ...rows.map(({ row }) => row));
  }
  return parts.join('\n');
}

test('every call that is described is in the table, and no other', () => {
  expect(describedCalls(scene)).toEqual(Object.keys(PAY_CALLS).sort());
});

describe('another organisation', () => {
  test.each(Object.keys(PAY_CALLS))('sees and changes nothing by %s', async (call) => {
    const before = await picture();
    const { status, text } = await sendAs(neighbour, call);
    // Periods are named by dates: those are the neighbour's own.
    const about = call.includes('{') && !call.includes('/pay/periods/');
    expect(status, text).toBeLessThan(500);
    if (about) expect(status, text).toBeGreaterThanOrEqual(400);
    // What it sent itself may stand in the answer; a name or another id never does.
    const sent = JSON.stringify(PAY_CALLS[call]!.body?.(scene.ids) ?? '');
    const secret = [...Object.values(scene.ids), 'Ana', 'Sellers', '500.00', '100.00'];
    const told = secret.filter((one) => one.length > 2 && text.includes(one));
    expect(told.filter((one) => !sent.includes(one) && one !== scene.ids['period'])).toEqual([]);
    expect(await picture()).toBe(before);
  });
});

describe('rights', () => {
  test.each(Object.keys(PAY_CALLS))('%s needs somebody, and the right', async (call) => {
    const { needs } = PAY_CALLS[call]!;
    const before = await picture();
    expect((await sendAs(null, call)).status).toBe(401);
    const others = await keyWith(ACTIONS.filter((action) => action !== needs));
    expect((await sendAs(others, call)).status).toBe(403);
    expect(await picture()).toBe(before);
    const own = await keyWith([needs]);
    expect([401, 403, 500]).not.toContain((await sendAs(own, call)).status);
  });

  test.each([
    ['rep', ['pay:read']],
    ['manager', ['pay:read', 'pay:approve', 'plans:write']],
    ['owner', ['pay:read', 'pay:approve', 'pay:reopen', 'plans:write']],
    ['screen', []],
  ] as const)('a %s has of pay: %j', (role, rights) => {
    const ofPay = ACTIONS.filter((action) => /^(pay|plans):/.test(action));
    expect(ofPay.filter((action) => may({ role }, action)).sort()).toEqual([...rights].sort());
  });

  test('a rep reads their own pay, and that of nobody else', async () => {
    const bo = scene.crew.as.Bo;
    for (const [call, { needs }] of Object.entries(PAY_CALLS)) {
      const { method, url } = addressed(call, scene.ids);
      const asked = call === 'GET /v1/pay/me' ? `${url}?person=${scene.ids['person']}` : url;
      const said = await bo(method, asked, PAY_CALLS[call]!.body?.(scene.ids));
      const text = JSON.stringify(said.body);
      if (needs !== 'pay:read') expect(said.status, call).toBe(403);
      else if (call.includes('{')) expect(said.status, call).toBe(404);
      expect(text.includes('500.00') || text.includes('"Ana"'), call).toBe(false);
    }
  });
});
