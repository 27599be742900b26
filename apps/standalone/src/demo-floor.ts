import { randomBytes } from 'node:crypto';
import { DEFAULT_SETTINGS, type OrganisationSettings } from '@ovation/domain';
import { hashToken, newId, newToken, type Clock, type Lifecycle } from '@ovation/host';
import {
  addPerson,
  addTeam,
  bootstrap,
  hashPassword,
  setTarget,
  type Author,
} from '@ovation/ingest';
import {
  createSource,
  inOrg,
  readPeople,
  readTeams,
  readUsers,
  saveScreen,
  saveUser,
  type PersonRow,
} from '@ovation/store';
import type { DataFolder } from './data-folder.ts';
import { makeLooseEnds, makeSettings, startContests } from './demo-settings.ts';
import { live } from './demo/live.ts';
import type { DemoEvent } from './demo/market.ts';
import { DEMO_PEOPLE, DEMO_TEAMS } from './demo/people.ts';
import { makePlay } from './demo/play.ts';
import { season } from './demo/season.ts';
import { targets } from './demo/targets.ts';
import type { House } from './house.ts';

const SEED = 20_261_124;
const YEAR_MS = 365 * 86_400_000;
const BATCH = 1_000;
const SOURCE = 'src_demo';
const AUTHOR: Author = { kind: 'system', id: 'demo' };

const SETTINGS: OrganisationSettings = { ...DEFAULT_SETTINGS, takeoverFrom: '100000' };

export interface DemoFloor {
  readonly key: string;
  readonly password: string;
  readonly accounts: readonly { role: string; email: string }[];
}

/** What a first start has decided, so that a start after a crash makes the same floor. */
interface Plan {
  readonly to: number;
  readonly done: boolean;
}

/** Makes the demonstration organisation, its people and a year of history; then brings it alive. */
export async function createDemo(
  house: House,
  folder: DataFolder,
  key: string,
  clock: Clock,
  lifecycle: Lifecycle,
): Promise<DemoFloor> {
  const name = 'Ovation Demo';
  const { orgId } = await bootstrap(house.deps, { name, key, demo: true, settings: SETTINGS });
  return continueDemo(house, folder, orgId, clock, lifecycle);
}

/** Finishes what a first start began, and lets the floor go on. */
export async function continueDemo(
  house: House,
  folder: DataFolder,
  orgId: string,
  clock: Clock,
  lifecycle: Lifecycle,
): Promise<DemoFloor> {
  const text = await folder.secret('demo.json', () =>
    JSON.stringify({ to: clock.now(), done: false } satisfies Plan),
  );
  const plan = JSON.parse(text) as Plan;
  const password = await folder.secret('demo-password', () => randomBytes(9).toString('base64url'));
  const screenToken = await folder.secret('demo-screen', () => newToken('ovs'));
  if (!plan.done) {
    await makePeople(house, orgId);
    await makeAccounts(house, orgId, password);
    const screen = { id: newId('scr'), name: 'Demo wall', tokenHash: hashToken(screenToken) };
    await inOrg(house.sql, orgId, (tx) => saveScreen(tx, orgId, screen));
    const key = (await folder.read('api-key')) ?? '';
    await makeSettings(house, key, { now: plan.to, settings: SETTINGS });
    await makeHistory(house, orgId, plan.to);
    await makeLooseEnds(house, key, plan.to);
    const people = await bestFirst(house, orgId);
    await startContests(house, key, { now: plan.to, settings: SETTINGS, people });
    await makePlay(house, orgId, clock);
    await folder.write('demo.json', JSON.stringify({ ...plan, done: true }));
  }
  await house.projector.look();
  house.demo = { orgId, screenToken };
  lifecycle.add('demo floor', keepAlive(house, orgId, clock));
  const users = await readUsers(house.sql, orgId);
  const accounts = users.map(({ role, email }) => ({ role, email }));
  return { key: (await folder.read('api-key')) ?? '', password, accounts };
}

async function makePeople(house: House, orgId: string): Promise<void> {
  const { deps } = house;
  const known = new Map((await readTeams(house.sql, orgId)).map((team) => [team.name, team.id]));
  for (const { names } of DEMO_TEAMS) {
    if (known.has(names.en)) continue;
    const team = await addTeam(deps, orgId, AUTHOR, { name: names.en, names: { fa: names.fa } });
    known.set(names.en, team.id);
  }
  const there = new Set((await readPeople(house.sql, orgId)).map((person) => person.email));
  for (const { email, names, team: slug } of DEMO_PEOPLE) {
    if (there.has(email)) continue;
    const team = known.get(DEMO_TEAMS.find((one) => one.slug === slug)!.names.en)!;
    const input = { name: names.en, names: { fa: names.fa }, email, team };
    await addPerson(deps, orgId, AUTHOR, input);
  }
}

/** Ids of everybody, who usually sells most first. */
async function bestFirst(house: House, orgId: string): Promise<string[]> {
  const ids = new Map((await readPeople(house.sql, orgId)).map((one) => [one.email, one.id]));
  return [...DEMO_PEOPLE]
    .sort((a, b) => b.skill - a.skill)
    .flatMap(({ email }) => ids.get(email) ?? []);
}

/** An owner, a manager, and a rep from the middle of the floor. */
async function makeAccounts(house: House, orgId: string, password: string): Promise<void> {
  if ((await readUsers(house.sql, orgId)).length > 0) return;
  const passwordHash = await hashPassword(password);
  const middle = [...DEMO_PEOPLE].sort((a, b) => b.skill - a.skill)[4]!;
  const people = await readPeople(house.sql, orgId);
  const rep = people.find((person) => person.email === middle.email)!;
  const account = (role: 'owner' | 'manager' | 'rep', name: string, email: string) => ({
    orgId,
    userId: newId('usr'),
    email,
    name,
    passwordHash,
    role,
    personId: role === 'rep' ? rep.id : null,
  });
  await inOrg(house.sql, orgId, async (tx) => {
    await saveUser(tx, account('owner', 'Mahsa Tavakoli', 'owner@demo.example'));
    await saveUser(tx, account('manager', 'Leila Rostami', 'manager@demo.example'));
    await saveUser(tx, account('rep', rep.name, middle.email));
  });
}

/** A year through the same door as every other event, then targets that fit it. */
async function makeHistory(house: House, orgId: string, to: number): Promise<void> {
  const events = [...season({ seed: SEED, from: to - YEAR_MS, to, settings: SETTINGS })];
  const source = { id: SOURCE, name: 'CRM', kind: 'import' };
  await inOrg(house.sql, orgId, (tx) => createSource(tx, orgId, source));
  const sender = { orgId, sourceId: SOURCE, quiet: true };
  for (let start = 0; start < events.length; start += BATCH) {
    await house.ingest.door.take(sender, events.slice(start, start + BATCH));
  }
  await makeTargets(house, orgId, to, events);
}

async function makeTargets(
  house: House,
  orgId: string,
  now: number,
  events: readonly DemoEvent[],
): Promise<void> {
  const people = new Map(
    (await readPeople(house.sql, orgId)).map((one: PersonRow) => [one.email, one.id]),
  );
  const teams = new Map((await readTeams(house.sql, orgId)).map((one) => [one.name, one.id]));
  const idOf = (scope: string, entity: string | null): string | null => {
    if (entity === null) return null;
    if (scope === 'person') return people.get(entity)!;
    return teams.get(DEMO_TEAMS.find((one) => one.slug === entity)!.names.en)!;
  };
  const all = targets({ seed: SEED, now, settings: SETTINGS, people: DEMO_PEOPLE, events });
  for (const target of all) {
    const entity = idOf(target.scope, target.entity);
    await setTarget(house.deps, orgId, AUTHOR, SETTINGS, { ...target, entity });
  }
}

/** Sends what happens on the floor now; returns how to stop it. */
function keepAlive(house: House, orgId: string, clock: Clock): () => Promise<void> {
  const floor = live({
    seed: SEED,
    nonce: clock.now().toString(36),
    now: () => clock.now(),
    settings: SETTINGS,
    people: DEMO_PEOPLE,
  });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const go = () => {
    if (stopped) return;
    const { delayMs, events } = floor.next();
    timer = setTimeout(() => {
      house.ingest.door
        .take({ orgId, sourceId: SOURCE }, events)
        .catch(() => undefined)
        .finally(go);
    }, delayMs);
  };
  go();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return Promise.resolve();
  };
}
