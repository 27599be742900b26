import { parseInstant, refuse, type Instant, type Result } from '@ovation/domain';
import { newId } from '@ovation/host';
import { ANNOUNCEMENT_MS_MAX, type PostAnnouncement } from '@ovation/protocol';
import {
  cancelAnnouncement,
  lockAnnouncement,
  readAnnouncement,
  readPeople,
  readScreens,
  readTeams,
  saveAnnouncement,
  withdrawFeedItems,
  type AnnouncementRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { tellChange } from '../feed/live.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { putInFeed } from './news.ts';
import { announce, readStanding, recall, STANDING_MAX, TOLD_BEFORE_MS } from './publish.ts';

/** A moment that is past already is taken to be now when it is no older than this. */
const JUST_NOW_MS = 60_000;

/** Keeps an announcement and, if its time has come, tells it at once. */
export async function addAnnouncement(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: PostAnnouncement,
): Promise<AnnouncementRow> {
  const { from, to } = orRefuse(spanOf(input, deps.clock.now()));
  await mustBeThere(deps, orgId, input);
  if ((await readStanding(deps, orgId)).length >= STANDING_MAX) {
    const detail = `At most ${STANDING_MAX} announcements stand at the same time.`;
    orRefuse(refuse('too_many', detail, ''));
  }
  const id = newId('ann');
  const { text, texts = {}, level, screens = null, teams = null, people = null } = input;
  const row = {
    ...{ id, text: text.trim(), texts, level, screens, teams, people },
    startsAt: new Date(from),
    endsAt: new Date(to),
    byId: author.id,
  };
  await writeSettings(deps, orgId, author, async (tx) => {
    await saveAnnouncement(tx, orgId, row);
    const now = { level, from: row.startsAt.toISOString(), until: row.endsAt.toISOString() };
    return { value: undefined, events: [{ type: 'announcement.changed', subject: id, now }] };
  });
  const saved = await saidBack(deps, orgId, id);
  if (from <= deps.clock.now() + TOLD_BEFORE_MS) await announce(deps, orgId, saved);
  await putInFeed(deps, orgId, [saved]);
  return saved;
}

/** Takes an announcement off every screen, or out of the schedule. */
export async function endAnnouncement(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await lockAnnouncement(tx, orgId, id);
    if (!row) throw new ProblemError('not_found', 'There is no such announcement.');
    if (row.cancelledAt !== null) return { value: undefined, events: [] };
    if (row.endsAt.getTime() <= deps.clock.now()) {
      const detail = 'It has ended already.';
      throw new ProblemError('conflict', detail, [{ code: 'decided', detail, pointer: '' }]);
    }
    await cancelAnnouncement(tx, orgId, id);
    await withdrawFeedItems(tx, orgId, [id], new Date(deps.clock.now()));
    const event = { type: 'announcement.changed', subject: id, now: null } as const;
    return { value: undefined, events: [event] };
  });
  await recall(deps, orgId, id);
  await tellChange(deps, orgId, id, true);
}

/** The row as it was written, with the name of its author. */
async function saidBack(deps: IngestDeps, orgId: string, id: string): Promise<AnnouncementRow> {
  const row = await readAnnouncement(deps.sql, orgId, id);
  if (!row) throw new Error(`announcement ${id} was not written`);
  return row;
}

function spanOf(
  { at, until }: PostAnnouncement,
  now: Instant,
): Result<{ from: Instant; to: Instant }> {
  const from = at === undefined ? now : parseInstant(at);
  const to = parseInstant(until);
  if (from === undefined || to === undefined) {
    const detail = 'Write a real instant with its offset, such as "2026-11-23T09:31:00+03:30".';
    return refuse('bad_time', detail, from === undefined ? '/at' : '/until');
  }
  if (from < now - JUST_NOW_MS) {
    return refuse('range', 'It cannot begin in the past. Leave "at" out for now.', '/at');
  }
  if (to <= Math.max(from, now)) return refuse('range', 'It ends after it begins.', '/until');
  if (to - from > ANNOUNCEMENT_MS_MAX) {
    return refuse('range', 'An announcement stands for at most 31 days.', '/until');
  }
  return { ok: true, value: { from: Math.max(from, now), to } };
}

/** Ends the request where a screen, team or person that it names is not there. */
async function mustBeThere(
  deps: IngestDeps,
  orgId: string,
  { screens, teams, people }: PostAnnouncement,
): Promise<void> {
  const lists = [
    { asked: screens, name: 'screens', there: () => readScreens(deps.sql, orgId) },
    { asked: teams, name: 'teams', there: () => readTeams(deps.sql, orgId) },
    { asked: people, name: 'people', there: () => readPeople(deps.sql, orgId) },
  ];
  for (const { asked, name, there } of lists) {
    if (!asked || asked.length === 0) continue;
    const known = new Set((await there()).map((row) => row.id));
    const wrong = asked.findIndex((id) => !known.has(id));
    if (wrong < 0) continue;
    orRefuse(refuse('unknown', 'There is nobody and nothing with this id.', `/${name}/${wrong}`));
  }
}
