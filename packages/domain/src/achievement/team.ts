import type { TeamId } from '../types.ts';
import {
  creditsOfAsk,
  metricScale,
  type AchievementKind,
  type Amount,
  type Ask,
  type Span,
} from './kind.ts';
import type { AchievementRules } from './definition.ts';

type Team = Extract<AchievementRules, { kind: 'team' }>;

/** So much of a team together. Whoever added to it in the window earns it, and nobody else. */
export const team: AchievementKind<Team> = {
  shared: true,
  window: ({ window }) => window,
  scale: metricScale,
  amount(ask: Ask<Team>, window) {
    let best: Amount | undefined;
    for (const one of teamsHelped(ask, window)) {
      const { value, reachedAt } = ask.reader.value(ask.metric, ask.filter, one, window);
      if (value !== null && value > (best?.amount ?? 0n)) best = { amount: value, at: reachedAt };
    }
    return best;
  },
};

/** The teams for which somebody did something: their own, or those that the rules name. */
function teamsHelped(ask: Ask<Team>, span: Span): ReadonlySet<TeamId> {
  const { teams: named } = ask.rules;
  const own = new Set<TeamId>();
  for (const { team: of } of creditsOfAsk(ask, span)) if (of !== null) own.add(of);
  if (!named) return own;
  const above = [...own].flatMap((one) => ask.reader.lineOf(one));
  return new Set(above.filter((one) => named.includes(one)));
}
