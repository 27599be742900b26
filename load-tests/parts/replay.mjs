import { applyEvent, Floor } from '@ovation/domain';

const EVENTS = 1_000_000;
const PEOPLE = 40;
const START = Date.UTC(2026, 0, 1);
const STEP_MS = 120_000;

/** A log in memory: deals that open, move and close, some lost, some taken back, and activities. */
function* log() {
  const base = (seq, type, at) => ({ seq, type, key: `s/${seq}`, occurredAt: at, recordedAt: at });
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    const at = START + seq * STEP_MS;
    const person = `per_${seq % PEOPLE}`;
    if (seq <= PEOPLE) {
      const member = { person, team: `team_${seq % 4}`, since: null, active: true };
      yield { ...base(seq, 'person.changed', at), ...member };
      continue;
    }
    const credits =
      seq % 10 === 0
        ? [
            { person, share: '0.7' },
            { person: `per_${(seq + 1) % PEOPLE}`, share: '0.3' },
          ]
        : [{ person, share: '1' }];
    const deal = `s/deal-${Math.floor(seq / 4)}`;
    const amount = { minor: String(10_000 + ((seq * 7_919) % 900_000)), currency: 'USD' };
    const kind = seq % 20;
    if (kind % 2 === 0) {
      const activity = { activity: 'call', class: 'sourcing', credits };
      yield { ...base(seq, 'activity.logged', at), ...activity };
    } else if (kind === 19) yield { ...base(seq, 'deal.reversed', at), deal };
    else if (kind === 17) yield { ...base(seq, 'deal.lost', at), deal, credits };
    else if (kind % 4 === 1) yield { ...base(seq, 'deal.opened', at), deal, credits };
    else yield { ...base(seq, 'deal.won', at), deal, amount, credits };
  }
}

/** How fast a log becomes a floor: the pure rules alone, from zero. */
export function replay() {
  const events = [...log()];
  const kept = new Map();
  const deals = {
    get: (key) => kept.get(key),
    set: (key, deal) => void kept.set(key, deal),
    groupOf: () => undefined,
  };
  const floor = new Floor();
  const from = performance.now();
  for (const event of events) applyEvent(floor, deals, event);
  const seconds = (performance.now() - from) / 1_000;
  return { events: EVENTS, people: PEOPLE, perSecond: Math.round(EVENTS / seconds) };
}
