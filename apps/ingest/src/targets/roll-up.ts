import { rollUp, type Scaled, type Unit } from '@ovation/domain';
import type { TargetsAnswer } from '@ovation/protocol';
import type { TargetRow } from '@ovation/store';
import { textOf } from '../history/metrics.ts';
import type { Entities } from '../targets.ts';

const EVERYBODY = '';

/**
 * What the people of each team, and all people, are asked for together against the team's own
 * target. A team's people are those who belong to it, or to one below it, today.
 */
export function rollUpOf(
  rows: readonly TargetRow[],
  { people, teams }: Entities,
  unit: Unit,
): TargetsAnswer['rollUp'] {
  const asked = new Map<string, Map<string, Scaled>>();
  const own = new Map<string, Scaled>();
  for (const { scope, entityId, value } of rows) {
    if (scope !== 'person') {
      own.set(scope === 'organisation' ? EVERYBODY : entityId, value);
      continue;
    }
    for (const id of above(people.get(entityId)?.teamId ?? null, teams)) {
      asked.set(id, (asked.get(id) ?? new Map<string, Scaled>()).set(entityId, value));
    }
  }
  const named = [...new Set([...own.keys(), ...asked.keys()])].sort();
  return named.map((id) => {
    const target = own.get(id) ?? null;
    const { sum } = rollUp(asked.get(id) ?? new Map(), target);
    return {
      entity: id === EVERYBODY ? null : id,
      own: target === null ? null : textOf(target, unit),
      people: textOf(sum, unit),
      percent: target === null ? null : percentOf(sum, target),
    };
  });
}

/** A team, those above it, and everybody. */
function above(team: string | null, teams: Entities['teams']): Set<string> {
  const found = new Set<string>([EVERYBODY]);
  for (let id = team; id !== null && !found.has(id); id = teams.get(id)?.parentId ?? null) {
    found.add(id);
  }
  return found;
}

/** Percent of a target, floored to a tenth: 99.99 is never shown as 100. */
export function percentOf(value: Scaled, target: Scaled): string {
  const tenths = (value * 1_000n) / target - (value < 0n && (value * 1_000n) % target ? 1n : 0n);
  const sign = tenths < 0n ? '-' : '';
  const magnitude = tenths < 0n ? -tenths : tenths;
  const [whole, rest] = [magnitude / 10n, magnitude % 10n];
  return `${sign}${whole}${rest === 0n ? '' : `.${rest}`}`;
}
