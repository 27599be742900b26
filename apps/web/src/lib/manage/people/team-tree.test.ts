import { describe, expect, it } from 'vitest';
import { treeOf, withThoseUnder } from './team-tree.ts';

const team = (id: string, parent: string | null) => ({ id, parent });
const drawn = (teams: { id: string; parent: string | null }[]) =>
  treeOf(teams).map(({ team: { id }, depth }) => `${'-'.repeat(depth)}${id}`);

describe('the tree of teams', () => {
  it.each([
    ['flat', [team('a', null), team('b', null)], ['a', 'b']],
    [
      'nested, in the given order',
      [team('c', 'a'), team('a', null), team('d', 'c'), team('b', 'a')],
      ['a', '-c', '--d', '-b'],
    ],
    ['under a team that is not there', [team('a', 'gone')], ['a']],
    ['in a circle', [team('a', 'b'), team('b', 'a')], ['a', '-b']],
    ['under itself', [team('a', 'a')], ['a']],
  ])('%s', (_, teams, expected) => expect(drawn(teams)).toEqual(expected));

  it('a team cannot go under itself or those under it', () => {
    const teams = [team('a', null), team('b', 'a'), team('c', 'b'), team('d', null)];
    expect([...withThoseUnder(teams, 'a')].sort()).toEqual(['a', 'b', 'c']);
    expect([...withThoseUnder(teams, 'd')]).toEqual(['d']);
  });

  it('takes a parent given whole', () => {
    expect(
      treeOf([{ id: 'b', parent: { id: 'a' } }, team('a', null)]).map((one) => one.depth),
    ).toEqual([0, 1]);
  });
});
