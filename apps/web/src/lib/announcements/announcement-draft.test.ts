import { describe, expect, it } from 'vitest';
import { bodyOf, emptyDraft, faultsOf } from './announcement-draft.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const draft = (over: object) => ({ ...emptyDraft(), text: ' Cake ', ...over });

describe('an announcement in a form', () => {
  it('is for everybody and every screen, for an hour from now, unless said', () => {
    expect(bodyOf(draft({}), NOW, 'fa')).toEqual({
      text: 'Cake',
      level: 'info',
      until: '2026-11-24T13:00:00.000Z',
      screens: null,
      teams: null,
      people: null,
    });
  });

  it('lasts from when it begins, in the other language too', () => {
    const at = '2026-11-25T08:00:00.000Z';
    expect(bodyOf(draft({ at, span: '15', other: 'کیک' }), NOW, 'fa')).toMatchObject({
      at,
      until: '2026-11-25T08:15:00.000Z',
      texts: { fa: 'کیک' },
    });
  });

  it('for some teams is for nobody else', () => {
    const teams = draft({ people: 'teams', teamIds: ['t1'], screens: 'none' });
    expect(bodyOf(teams, NOW, 'fa')).toMatchObject({ teams: ['t1'], people: [], screens: [] });
  });

  it.each([
    ['no text', { text: '  ' }, ['text']],
    ['no end', { span: 'own' }, ['until']],
    ['nobody and no screen', { people: 'none', screens: 'some' }, ['audience']],
    ['nobody but a screen', { people: 'none' }, []],
  ])('with %s lacks %s', (_name, over, faults) => {
    expect(faultsOf(draft(over))).toEqual(faults);
  });
});
