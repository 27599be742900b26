import { applyEvent, Floor, type LogEvent } from '@ovation/domain';
import { expect, it } from 'vitest';
import { Stage } from './stage.ts';

const AT = Date.UTC(2026, 0, 5);
const CONTESTS = ['con_a', 'con_b', 'con_c'];
const SLUGS = CONTESTS.map((id) => `contest-${id}`);
const noGroups = { get: () => undefined, set: () => undefined, groupOf: () => undefined };

/** A floor of one person and three contests, all of them watched. */
function watched() {
  const floor = new Floor();
  let seq = 0;
  const tell = (type: string, more: object) => {
    seq += 1;
    const base = { seq, type, key: `s/${seq}`, occurredAt: AT, recordedAt: AT };
    return applyEvent(floor, noGroups, { ...base, ...more } as LogEvent);
  };
  tell('person.changed', { person: 'per_1', team: null, since: null, active: true });
  for (const contest of CONTESTS) {
    const who = { of: 'people', who: {}, scoring: { metric: 'revenue' }, prizes: [] };
    const when = { from: AT, to: AT + 86_400_000, graceHours: 0, ties: 'earliest' };
    const definition = { id: contest, ...who, ...when, rules: { kind: 'highest' } };
    tell('contest.published', { contest, definition, commitment: null });
  }
  const stage = new Stage(floor, []);
  SLUGS.forEach((slug) => stage.snapshot(slug, AT, new Map()));
  const win = () => {
    const amount = { minor: '10000', currency: 'USD' };
    const credits = [{ person: 'per_1', share: '1' }];
    stage.touch(tell('deal.won', { deal: `s/deal-${seq}`, amount, credits }).added);
  };
  return { stage, win };
}

it('contests that there was no time for come first the next time, and none is left out', () => {
  const { stage, win } = watched();
  win();
  const shown: string[] = [];
  for (let pass = 0; pass < SLUGS.length; pass += 1) {
    // Time for one contest in each pass.
    let asked = 0;
    const frames = stage.update(false, new Map(), () => (asked += 1) === 1);
    expect(stage.behind).toBe(true);
    shown.push(...frames.map(({ b }) => b));
    expect(frames).toHaveLength(1);
  }
  expect(shown).toEqual(SLUGS);
  expect(stage.update(false, new Map())).toEqual([]);
  expect(stage.behind).toBe(false);
});
