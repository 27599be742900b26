// Logs in memory for the pure rules: people in teams, who win, lose and call.
export const START = Date.UTC(2026, 0, 1);

/** Events that make a floor of so many people, the first of a log. */
export function* staff(people) {
  for (let seq = 1; seq <= people; seq += 1) {
    const member = { person: `per_${seq}`, team: `team_${seq % 40}`, since: null, active: true };
    yield { ...base(seq, 'person.changed', START), ...member };
  }
}

export const base = (seq, type, at) => ({
  seq,
  type,
  key: `s/${seq}`,
  occurredAt: at,
  recordedAt: at,
});

/** One more win of somebody, at its own second. */
export function win(seq, people, span = 180 * 86_400_000) {
  const person = `per_${1 + ((seq * 7_919) % people)}`;
  const at = START + ((seq * 1_009_000) % span);
  const amount = { minor: String(10_000 + ((seq * 104_729) % 900_000)), currency: 'USD' };
  const credits = [{ person, share: '1' }];
  return { ...base(seq, 'deal.won', at), deal: `s/deal-${seq}`, amount, credits };
}

/** A book that keeps every group. */
export function book() {
  const groups = new Map();
  return {
    get: (key) => groups.get(key),
    set: (key, group) => void groups.set(key, group),
    groupOf: () => undefined,
  };
}
