import { describe, expect, it } from 'vitest';
import { changeOf, draftOf, type PersonDraft } from './person-draft.ts';

const SARA = {
  id: 'per_1',
  name: 'Sara Karimi',
  names: { fa: 'سارا کریمی', de: 'Sara' },
  email: 'sara@example.com',
  team: { id: 'team_1' },
  manager: 'per_2',
  active: true,
};
const changed = (change: Partial<PersonDraft>, since?: string | null) =>
  changeOf(SARA, { ...draftOf(SARA, 'fa'), ...change }, 'fa', since);

describe('the change of a person', () => {
  it.each<[string, Partial<PersonDraft>, object]>([
    ['nothing', { name: 'Sara Karimi ' }, {}],
    ['another name', { name: ' Sara K. ' }, { name: 'Sara K.' }],
    ['no second name', { second: '' }, { names: { de: 'Sara' } }],
    ['another second name', { second: 'سارا' }, { names: { de: 'Sara', fa: 'سارا' } }],
    ['no e-mail', { email: '' }, { email: null }],
    ['off the boards', { active: false }, { active: false }],
    ['a first day', { startedOn: '2026-03-21' }, { startedOn: '2026-03-21' }],
  ])('%s', (_, change, sent) => expect(changed(change)).toEqual(sent));

  it('says from when, where it is about the team or the manager', () => {
    const since = '2026-11-01';
    expect(changed({ team: 'team_2' }, since)).toEqual({ team: 'team_2', since });
    expect(changed({ manager: '' }, since)).toEqual({ manager: null, since });
    expect(changed({ team: 'team_2' }, null)).toEqual({ team: 'team_2', since: null });
    expect(changed({ team: 'team_2' })).toEqual({ team: 'team_2' });
    expect(changed({ name: 'Sara' }, since)).toEqual({ name: 'Sara' });
  });
});
