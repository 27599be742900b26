import { describe, expect, it } from 'vitest';
import type { BoardRow } from '@ovation/domain';
import { floorGroups, foldName, type FloorBoards, type FloorInput } from './floor-table.ts';

const row = (id: string, value: string, target: string | null = null): BoardRow => ({
  id,
  name: id,
  stripe: 1,
  value,
  rank: 1,
  tied: false,
  gap: null,
  movement: 0,
  target,
});
const none: FloorBoards = { today: [], value: [], activities: [] };
const HOUR = 3_600_000;

const floor = (over: Partial<FloorInput> = {}): FloorInput => ({
  people: [
    { id: 'sara', name: 'Sara Karimi', team: { id: 'alborz' }, active: true },
    { id: 'ali', name: 'Ali', names: { fa: 'علی‌رضا' }, team: { id: 'alborz' }, active: true },
    { id: 'omid', name: 'Omid Navid', team: { id: 'caspian' }, active: true },
    { id: 'gone', name: 'Gone Long', team: { id: 'caspian' }, active: false },
  ],
  teams: [
    { id: 'alborz', name: 'Alborz', stripe: 1 },
    { id: 'caspian', name: 'Caspian', stripe: 2 },
    { id: 'empty', name: 'Empty', stripe: 3 },
  ],
  peopleBoards: {
    ...none,
    today: [row('sara', '48')],
    value: [row('sara', '60', '100'), row('ali', '90', '100'), row('omid', '10', '200')],
  },
  teamBoards: { ...none, value: [row('alborz', '150', '200'), row('caspian', '10', '200')] },
  workDays: [
    { from: 0, to: 8 * HOUR, weight: 1 },
    { from: 24 * HOUR, to: 32 * HOUR, weight: 1 },
  ],
  now: 12 * HOUR,
  language: 'en',
  sort: 'pace',
  search: '',
  ...over,
});
const people = (input: FloorInput) =>
  floorGroups(input).map((group) => group.rows.map((r) => r.id));

describe('floorGroups', () => {
  it('puts who is furthest ahead of pace first, within the team', () => {
    expect(people(floor())).toEqual([['ali', 'sara'], ['omid']]);
  });

  it('counts pace in working days: 60 of 100 at half time is a fifth of a day ahead', () => {
    const sara = floorGroups(floor())[0]?.rows[1];
    expect(sara?.today).toBe('48');
    expect(sara?.pace?.daysAhead).toBeCloseTo(0.2);
  });

  it('shows a person whom no board knows with zeros', () => {
    const input = floor({ peopleBoards: none });
    expect(floorGroups(input)[0]?.rows[0]).toMatchObject({ value: '0', target: null });
  });

  it('leaves out who is gone and teams with nobody and nothing', () => {
    expect(floorGroups(floor()).map((group) => group.id)).toEqual(['alborz', 'caspian']);
    expect(people(floor()).flat()).not.toContain('gone');
  });

  it('finds a name in either language, however its letters are typed', () => {
    expect(people(floor({ search: 'عليرضا' }))).toEqual([['ali']]);
    expect(people(floor({ search: 'KARIMI' }))).toEqual([['sara']]);
  });

  it('gathers people without a team in a group of their own, summed', () => {
    const input = floor({ people: [{ id: 'omid', name: 'Omid', team: null, active: true }] });
    const alone = floorGroups(input).at(-1);
    expect(alone).toMatchObject({ id: '', figures: { value: '10' } });
  });

  it.each([
    ['value', ['ali', 'sara']],
    ['today', ['sara', 'ali']],
    ['name', ['ali', 'sara']],
  ] as const)('sorts by %s', (sort, order) => {
    const first = floorGroups(floor({ sort })).find((group) => group.id === 'alborz');
    expect(first?.rows.map((one) => one.id)).toEqual(order);
  });
});

describe('foldName', () => {
  it('takes Arabic letters for their Persian twins', () => {
    expect(foldName(' علي‌رضا كريمي ')).toBe(foldName('علیرضا کریمی'));
  });
});
