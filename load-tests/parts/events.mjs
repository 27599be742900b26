/** People that a run sells for. */
export const REPS = 40;

const DAY_MS = 86_400_000;

/**
 * Wins that count and are not celebrated: they happened more than a day ago. The month's board must
 * hold them, so on the first days of a month everything of the run is on the board of all time.
 */
export function windowOfRun(now = Date.now()) {
  const at = new Date(now - DAY_MS - 3_600_000);
  const sameMonth = at.getUTCMonth() === new Date(now).getUTCMonth();
  return { occurredAt: at.toISOString(), board: sameMonth ? 'revenue-month' : 'revenue-all' };
}

let made = 0;
const run = Date.now().toString(36);

/** The next event of the run, as text. */
export function nextEvent(occurredAt, reps = REPS) {
  made += 1;
  const amount = (100 + ((made * 7_919) % 900_000) / 100).toFixed(2);
  return JSON.stringify({
    id: `load-${run}-${made}`,
    type: 'deal.won',
    occurredAt,
    amount: { amount, currency: 'USD' },
    person: `Load Rep ${made % reps}`,
  });
}

export async function makeReps(house, reps = REPS) {
  const team = await house.call('POST', '/v1/teams', { name: 'Load' });
  for (let n = 0; n < reps; n += 1) {
    await house.call('POST', '/v1/people', { name: `Load Rep ${n}`, team: team.id });
  }
}
