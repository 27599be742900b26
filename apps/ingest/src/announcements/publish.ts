import { announceChannel, type AnnounceNews, type Announcement } from '@ovation/protocol';
import { readAnnouncements, readPeople, readTeams, type AnnouncementRow } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';

/** Told so long before it begins, so that every screen has it when the clock says so. */
export const TOLD_BEFORE_MS = 60_000;
/** Announcements of one organisation that stand at the same time, at most. */
export const STANDING_MAX = 50;

/** The form in which sockets tell it. */
export const announcementOf = (row: AnnouncementRow): Announcement => ({
  id: row.id,
  text: row.text,
  texts: row.texts,
  level: row.level,
  startsAt: row.startsAt.getTime(),
  until: row.endsAt.getTime(),
});

/** Those that stand, or will within the time told before. */
export async function readStanding(deps: IngestDeps, orgId: string): Promise<AnnouncementRow[]> {
  const now = deps.clock.now();
  const query = { endAfter: new Date(now), limit: STANDING_MAX };
  const rows = await readAnnouncements(deps.sql, orgId, query);
  return rows.filter(
    (row) => row.cancelledAt === null && row.startsAt.getTime() <= now + TOLD_BEFORE_MS,
  );
}

/** Ids of the people that are meant, those of the teams and of teams below them included. */
export async function peopleMeant(
  deps: IngestDeps,
  orgId: string,
  { teams, people }: Pick<AnnouncementRow, 'teams' | 'people'>,
): Promise<readonly string[] | null> {
  if (teams === null && people === null) return null;
  const meant = new Set(people ?? []);
  if (teams !== null && teams.length > 0) {
    const parents = new Map(
      (await readTeams(deps.sql, orgId)).map((team) => [team.id, team.parentId]),
    );
    for (const person of await readPeople(deps.sql, orgId)) {
      let team = person.teamId;
      for (let depth = 0; team !== null && depth <= parents.size; depth += 1) {
        if (teams.includes(team)) meant.add(person.id);
        team = parents.get(team) ?? null;
      }
    }
  }
  return [...meant];
}

/** Tells gateways; a lost message is told again by the clerk. */
export async function announce(
  deps: IngestDeps,
  orgId: string,
  row: AnnouncementRow,
): Promise<void> {
  const people = await peopleMeant(deps, orgId, row);
  const announcement = announcementOf(row);
  const news: AnnounceNews = { kind: 'announce', announcement, screens: row.screens, people };
  await deps.bus.publish(announceChannel(orgId), news);
}

export async function recall(deps: IngestDeps, orgId: string, id: string): Promise<void> {
  const news: AnnounceNews = { kind: 'cancel', id };
  await deps.bus.publish(announceChannel(orgId), news);
}
