import { ACHIEVEMENT_TEMPLATES } from '@ovation/domain';
import type { AchievementBody } from '@ovation/protocol';
import { expect, it } from 'vitest';
import { achievementBody, achievementDraft, NEW_ACHIEVEMENT } from './achievement-draft.ts';

it.each(ACHIEVEMENT_TEMPLATES.map((one) => [one.key, one.definition] as const))(
  'the template %s comes out as it went in',
  (_, definition) => {
    const drafted = achievementBody(achievementDraft(definition as unknown as AchievementBody));
    expect(drafted).toEqual({ ok: true, body: definition });
  },
);

it('Persian digits are numbers, and what is none is marked where it stands', () => {
  const steps = [{ at: '۲۵', points: '۱۰' }, ...NEW_ACHIEVEMENT.steps.slice(1)];
  expect(achievementBody({ ...NEW_ACHIEVEMENT, steps })).toMatchObject({
    body: { steps: [{ level: 'plain', at: '25', points: 10 }] },
  });
  const wrong = [{ at: 'many', points: '1.5' }, ...NEW_ACHIEVEMENT.steps.slice(1)];
  expect(achievementBody({ ...NEW_ACHIEVEMENT, steps: wrong })).toEqual({
    ok: false,
    faults: { 'steps.0.at': 'needNumber', 'steps.0.points': 'needNumber' },
  });
});

it('until midnight is until the end of the day', () => {
  const late = { ...NEW_ACHIEVEMENT, kind: 'time' as const, from: '18:00', to: '00:00' };
  expect(achievementBody(late)).toMatchObject({
    body: { rules: { hours: { from: 1_080, to: 1_440 } } },
  });
});
