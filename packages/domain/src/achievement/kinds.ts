import type { AchievementKindName, AchievementRules } from './definition.ts';
import { event } from './event.ts';
import { first } from './first.ts';
import type { AchievementKind } from './kind.ts';
import { record } from './record.ts';
import { streak } from './streak.ts';
import { sum } from './sum.ts';
import { target } from './target.ts';
import { team } from './team.ts';
import { time } from './time.ts';

type Kinds = {
  readonly [K in AchievementKindName]: AchievementKind<Extract<AchievementRules, { kind: K }>>;
};

const KINDS: Kinds = { event, sum, record, first, streak, target, time, team };

export const achievementKind = (kind: AchievementKindName): AchievementKind<AchievementRules> =>
  KINDS[kind] as unknown as AchievementKind<AchievementRules>;
