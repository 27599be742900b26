import type { Instant } from '@ovation/domain';
import type { Announcement } from '@ovation/protocol';

/** Long enough to be read twice from the door. */
export const SHOWN_MS = 15_000;
/** From one showing to the next; the boards have the glass in between. */
export const AGAIN_EVERY_MS = 60_000;

/**
 * The announcement that has the glass at an instant: each stands from its beginning for a while,
 * and again every minute until it ends. Of several they take turns, minute by minute, the
 * important and the older first. It depends on the server's clock alone.
 */
export function announcementAt(known: readonly Announcement[], now: Instant): Announcement | null {
  const standing = known
    .filter((one) => one.startsAt <= now && now < one.until)
    .sort(
      (a, b) =>
        Number(b.level === 'important') - Number(a.level === 'important') ||
        a.startsAt - b.startsAt ||
        (a.id < b.id ? -1 : 1),
    );
  // Whatever has just begun is shown first.
  const fresh = standing.filter((one) => now - one.startsAt < SHOWN_MS).at(-1);
  if (fresh) return fresh;
  const [first] = standing;
  if (!first) return null;
  const into = now - first.startsAt;
  if (into % AGAIN_EVERY_MS >= SHOWN_MS) return null;
  const round = Math.floor(into / AGAIN_EVERY_MS);
  return standing[round % standing.length] ?? null;
}
