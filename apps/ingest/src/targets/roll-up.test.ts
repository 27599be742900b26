import type { PersonRow, TargetRow, TeamRow } from '@ovation/store';
import { expect, test } from 'vitest';
import { percentOf, rollUpOf } from './roll-up.ts';

const unit = { kind: 'money', currency: 'USD', scale: 2 } as const;
const person = (id: string, teamId: string | null): [string, PersonRow] => [
  id,
  { id, name: id, names: {}, email: null, teamId, managerId: null, startedOn: null, active: true },
];
const team = (id: string, parentId: string | null): [string, TeamRow] => [
  id,
  { id, name: id, names: {}, parentId, stripe: 1 },
];
const entities = {
  people: new Map([person('ana', 'north'), person('bo', 'north'), person('cy', 'coast')]),
  teams: new Map([team('north', null), team('coast', 'north'), team('south', null)]),
};
const row = (scope: TargetRow['scope'], entityId: string, value: bigint): TargetRow => ({
  scope,
  entityId,
  metric: 'revenue',
  period: 'month',
  periodKey: '2026-11-01',
  value,
});

test('people make their team, the teams above it, and everybody', () => {
  const rows = [
    row('person', 'ana', 100_00n),
    row('person', 'bo', 50_00n),
    row('person', 'cy', 30_00n),
    row('person', 'gone', 7_00n),
    row('team', 'north', 200_00n),
    row('team', 'south', 10_00n),
    row('organisation', '', 187_00n),
  ];
  expect(rollUpOf(rows, entities, unit)).toEqual([
    { entity: null, own: '187.00', people: '187.00', percent: '100' },
    { entity: 'coast', own: null, people: '30.00', percent: null },
    { entity: 'north', own: '200.00', people: '180.00', percent: '90' },
    { entity: 'south', own: '10.00', people: '0.00', percent: '0' },
  ]);
});

test('teams that are above each other in a ring end', () => {
  const ring = { ...entities, teams: new Map([team('north', 'coast'), team('coast', 'north')]) };
  const found = rollUpOf([row('person', 'ana', 100n)], ring, unit);
  expect(found.map((one) => one.entity)).toEqual([null, 'coast', 'north']);
});

test.each([
  [9_999n, 10_000n, '99.9'],
  [99_999n, 100_000n, '99.9'],
  [10_000n, 10_000n, '100'],
  [1n, 3n, '33.3'],
  [0n, 3n, '0'],
  [-1n, 3n, '-33.4'],
])('%d of %d is %s percent, floored', (value, target, percent) => {
  expect(percentOf(value, target)).toBe(percent);
});
