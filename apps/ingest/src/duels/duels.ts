import type { ContestBody, ContestDefinition } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { DuelAnswer, PostDuel } from '@ovation/protocol';
import {
  addDuel,
  beginDuel,
  endOffer,
  inOrg,
  lockDuel,
  readDuels,
  readOptOuts,
  readPerson,
  readPlayRules,
  type ContestRow,
  type DuelRow,
  type PersonRow,
  type Tx,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { refusal } from '../feed/kudos.ts';
import { addsUp, mustKnowMetric } from '../history/metrics.ts';
import { ProblemError } from '../problem.ts';
import { mustBePerson, notEnough } from '../rewards/redeem.ts';
import { writeSettings } from '../settings-writer.ts';
import { duelAnswer } from './answers.ts';

/** How long a challenge waits for an answer. */
const OFFERED_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Challenges of one person that wait or go on, at most. */
const OPEN_MAX = 5;
const LOOKED_AT = 100;
/** What arrives late still counts for as long as the duel lasted, and for a day at most. */
const GRACE_HOURS_MAX = 24;

/** Publishes a contest in a transaction: its rows, and the event that says so. */
export type PublishDuel = (
  tx: Tx,
  orgId: string,
  words: Pick<ContestRow, 'name' | 'names' | 'description' | 'descriptions' | 'ownerId'>,
  definition: ContestDefinition,
  now: Date,
) => Promise<ContestBody>;

/** Challenges somebody. Nothing is held until they accept. */
export async function challenge(
  deps: IngestDeps,
  caller: Caller,
  { opponent, metric: metricId, hours, stake = 0 }: PostDuel,
): Promise<DuelAnswer> {
  const { orgId } = caller;
  const challenger = mustBePerson(caller);
  if (opponent === challenger) throw refusal('own_duel', 'A duel takes two.', '/opponent');
  const { metric } = await mustKnowMetric(deps, orgId, metricId);
  if (!addsUp(metric) || metric.retired || metric.better === 'lower') {
    const detail = 'A duel needs a metric that adds up, and of which more is better.';
    throw refusal('not_counted', detail, '/metric');
  }
  const now = deps.clock.now();
  const [offeredAt, expiresAt] = [new Date(now), new Date(now + OFFERED_MS)];
  const id = newId('dul');
  await inOrg(deps.sql, orgId, async (tx) => {
    await mustBeAllowed(tx, orgId, stake);
    await mustBeRival(tx, orgId, opponent);
    const own = await readDuels(tx, orgId, { person: challenger, limit: LOOKED_AT });
    const open = own.filter((one) => isOpen(one, now));
    if (open.filter((one) => one.challenger === challenger).length >= OPEN_MAX) {
      throw refusal('too_many', `You have ${OPEN_MAX} duels open: end one first.`, '');
    }
    if (open.some((one) => one.opponent === opponent || one.challenger === opponent)) {
      throw refusal('already', 'There is a duel between you two already.', '/opponent');
    }
    const { id: metricOf } = metric;
    const duel = { id, challenger, opponent, metric: metricOf, hours, stake };
    await addDuel(tx, orgId, { ...duel, offeredAt, expiresAt });
  });
  return mustAnswer(deps, caller, id);
}

const isOpen = ({ state, expiresAt }: DuelRow, now: number): boolean =>
  state === 'accepted' || (state === 'offered' && expiresAt.getTime() > now);

async function mustBeAllowed(tx: Tx, orgId: string, stake: number): Promise<void> {
  const rules = await readPlayRules(tx, orgId);
  if (!rules.duels) throw new ProblemError('forbidden', 'There are no duels here.');
  if (stake <= rules.duelStakeMost) return;
  const detail = `Each of two stakes at most ${rules.duelStakeMost} points.`;
  throw refusal('stake_too_high', detail, '/stake');
}

async function mustBeRival(tx: Tx, orgId: string, id: string): Promise<PersonRow> {
  const rival = await readPerson(tx, orgId, id);
  if (!rival?.active) {
    throw refusal('unknown_person', 'There is no person with this id.', '/opponent');
  }
  if ((await readOptOuts(tx, orgId)).has(id)) {
    throw refusal('opted_out', 'They do not want to be challenged.', '/opponent');
  }
  return rival;
}

/** Accepts a challenge: both stakes are held, and the contest begins. */
export async function accept(
  deps: IngestDeps,
  caller: Caller,
  id: string,
  publish: PublishDuel,
): Promise<DuelAnswer> {
  const { orgId, author } = caller;
  const now = deps.clock.now();
  const at = new Date(now);
  await writeSettings(deps, orgId, author, async (tx) => {
    const duel = await mustBeOffered(tx, caller, id, 'opponent', now);
    await mustBeAllowed(tx, orgId, duel.stake);
    const definition = definitionOf(duel, now);
    const { from, to } = definition;
    const times = { at, from: new Date(from), to: new Date(to) };
    await beginDuel(tx, orgId, duel, { contest: definition.id, ...times });
    const words = await wordsOf(tx, orgId, duel);
    const event = await publish(tx, orgId, words, definition, at);
    return { value: undefined, events: [event] };
  }).catch(notEnough);
  return mustAnswer(deps, caller, id);
}

/** The opponent says no, or the challenger takes it back. */
export async function refuseDuel(
  deps: IngestDeps,
  caller: Caller,
  id: string,
  state: 'declined' | 'withdrawn',
): Promise<DuelAnswer> {
  const { orgId } = caller;
  const now = deps.clock.now();
  const who = state === 'declined' ? 'opponent' : 'challenger';
  await inOrg(deps.sql, orgId, async (tx) => {
    await mustBeOffered(tx, caller, id, who, now);
    await endOffer(tx, orgId, id, { state, at: new Date(now) });
  });
  return mustAnswer(deps, caller, id);
}

async function mustBeOffered(
  tx: Tx,
  caller: Caller,
  id: string,
  who: 'challenger' | 'opponent',
  now: number,
): Promise<DuelRow> {
  const person = mustBePerson(caller);
  const duel = await lockDuel(tx, caller.orgId, id);
  if (!duel || duel[who] !== person) {
    throw new ProblemError('not_found', 'There is no such challenge for you.');
  }
  if (duel.state !== 'offered') throw refusal('too_late', `It is ${duel.state} already.`, '');
  if (duel.expiresAt.getTime() <= now) {
    throw refusal('too_late', 'Nobody answered within a day, so it is over.', '');
  }
  return duel;
}

/** A duel is a contest of two, scored like any other. */
function definitionOf({ challenger, opponent, metric, hours }: DuelRow, now: number) {
  return {
    id: newId('con'),
    of: 'people',
    scoring: { metric },
    rules: { kind: 'duel' },
    who: { people: [challenger, opponent] },
    from: now,
    to: now + hours * HOUR_MS,
    graceHours: Math.min(hours, GRACE_HOURS_MAX),
    ties: 'shared',
    prizes: [],
    show: { winner: 'banner' },
  } as const satisfies ContestDefinition;
}

/** Its name is theirs; in a language that only one of them has, the other's own name stands. */
async function wordsOf(tx: Tx, orgId: string, duel: DuelRow) {
  const one = await readPerson(tx, orgId, duel.challenger);
  const other = await readPerson(tx, orgId, duel.opponent);
  const both = (a?: string, b?: string) => `${a ?? ''} – ${b ?? ''}`;
  const languages = new Set([one, other].flatMap((who) => Object.keys(who?.names ?? {})));
  const names = [...languages].map((language) => [
    language,
    both(one?.names[language] ?? one?.name, other?.names[language] ?? other?.name),
  ]);
  return {
    name: both(one?.name, other?.name),
    names: Object.fromEntries(names) as Record<string, string>,
    description: '',
    descriptions: {},
    ownerId: null,
  };
}

async function mustAnswer(deps: IngestDeps, caller: Caller, id: string): Promise<DuelAnswer> {
  const person = mustBePerson(caller);
  const rows = await readDuels(deps.sql, caller.orgId, { person, limit: LOOKED_AT });
  const row = rows.find((one) => one.id === id);
  if (!row) throw new ProblemError('not_found', 'There is no such challenge for you.');
  return duelAnswer(deps, caller.orgId, person, row);
}
