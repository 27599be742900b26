import { createCalendar, type KudosCategory } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { Emblem, KudosAnswer, PostKudos, PutKudosCategories } from '@ovation/protocol';
import {
  addFeedItems,
  addWalletEntries,
  inOrg,
  readKudosCategories,
  readOrganisation,
  readPerson,
  readPlayRules,
  readUsed,
  saveKudosCategories,
  useAllowance,
  type Allowance,
} from '@ovation/store';
import type { Author } from '../settings-writer.ts';
import { writeSettings } from '../settings-writer.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { tellFeed } from './live.ts';
import { wordsOf } from './talk.ts';

/** Who gives away points. */
export interface Giver {
  readonly orgId: string;
  readonly userId: string;
  readonly personId: string | null;
}

export async function kudosAnswer(deps: IngestDeps, giver: Giver): Promise<KudosAnswer> {
  const { orgId } = giver;
  const [categories, rules] = await Promise.all([
    readKudosCategories(deps.sql, orgId),
    readPlayRules(deps.sql, orgId),
  ]);
  const used = await readUsed(deps.sql, orgId, await allowanceOf(deps, giver, 'kudos'));
  const month = rules.kudosPointsMonth;
  const points = { most: rules.kudosPointsMost, month, left: Math.max(0, month - used) };
  return { categories, points };
}

/** The month's allowance of somebody, in the organisation's calendar. */
export async function allowanceOf(
  deps: IngestDeps,
  { orgId, userId }: Giver,
  purpose: Allowance['purpose'],
): Promise<Allowance> {
  const organisation = await readOrganisation(deps.sql, orgId);
  if (!organisation) throw new Error(`unknown organisation: ${orgId}`);
  const calendar = createCalendar(organisation.settings);
  return { user: userId, purpose, month: calendar.windowOf('month', deps.clock.now()).key };
}

/** Thanks somebody in public, with points where one likes. Answers the line's id. */
export async function giveKudos(
  deps: IngestDeps,
  giver: Giver,
  { person, category: wanted, text, points = 0 }: PostKudos,
): Promise<string> {
  const { orgId, userId } = giver;
  if (person === giver.personId) {
    throw refusal('own_kudos', 'Kudos are for others.', '/person');
  }
  const allowance = await allowanceOf(deps, giver, 'kudos');
  const id = newId('kud');
  const at = new Date(deps.clock.now());
  await inOrg(deps.sql, orgId, async (tx) => {
    const found = await readPerson(tx, orgId, person);
    if (!found?.active) {
      throw refusal('unknown_person', 'There is no person with this id.', '/person');
    }
    const categories = await readKudosCategories(tx, orgId);
    const category = categories.find((one) => one.id === wanted);
    if (!category) throw refusal('unknown', 'There is no such category.', '/category');
    const rules = await readPlayRules(tx, orgId);
    if (points > rules.kudosPointsMost) {
      const detail = `One kudos carries at most ${rules.kudosPointsMost} points.`;
      throw refusal('too_many_points', detail, '/points');
    }
    const most = rules.kudosPointsMonth;
    if (points > 0 && !(await useAllowance(tx, orgId, allowance, { points, most }))) {
      const detail = `You give at most ${most} points a month with kudos.`;
      throw refusal('month_used', detail, '/points');
    }
    const data = { category: emblemOf(category), points };
    const line = { id, kind: 'kudos' as const, at, person, user: userId, text: wordsOf(text) };
    await addFeedItems(tx, orgId, [{ ...line, data }]);
    if (points === 0) return;
    const entry = { person, points, kind: 'kudos' as const, cause: `kudos/${id}`, by: userId, at };
    await addWalletEntries(tx, orgId, [entry]);
  });
  await tellFeed(deps, orgId, [id]);
  return id;
}

const emblemOf = ({ id, name, names, icon }: KudosCategory): Emblem => ({ id, name, names, icon });

/** Says what kudos may be for, all at once. */
export async function putKudosCategories(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  { categories }: PutKudosCategories,
): Promise<readonly KudosCategory[]> {
  const now = categories.map(({ id = newId('kct'), name, names = {}, icon }) => ({
    ...{ id, name, names, icon },
  }));
  const twice = now.findIndex(({ id }, n) => now.findIndex((one) => one.id === id) < n);
  if (twice >= 0) throw refusal('twice', 'This id is there twice.', `/categories/${twice}/id`);
  return writeSettings(deps, orgId, author, async (tx) => {
    const was = (await readKudosCategories(tx, orgId)).map(({ id }) => id);
    await saveKudosCategories(tx, orgId, now);
    const ids = now.map(({ id }) => id);
    const event = {
      type: 'kudos.categories' as const,
      subject: orgId,
      now: { ids },
      was: { ids: was },
    };
    return { value: now, events: [event] };
  });
}

export const refusal = (code: string, detail: string, pointer: string): ProblemError =>
  new ProblemError('refused', detail, [{ code, detail, pointer }]);
