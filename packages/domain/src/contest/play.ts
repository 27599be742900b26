import type { EventKey, Instant, PersonId, Scaled } from '../types.ts';
import { countedOf, scaledOf, type Counted } from './counted.ts';
import type { ContestDefinition, ContestRules, EntrantId } from './definition.ts';
import { parseRatio, type Ratio } from './ratio.ts';
import { hoursIn, withoutSpans, type Span } from './spans.ts';
import type { ContestFacts, ContestReader } from './standing.ts';

/** An entrant as it plays. */
export interface Player {
  readonly id: EntrantId;
  /** Who plays for it and did not leave, in order; nobody: it is out. */
  readonly members: readonly PersonId[];
  readonly factor: Ratio;
  readonly baseline: Scaled | null;
  readonly target: Scaled | null;
}

/** A contest with everything that its kind works it out from. */
export interface Play<R extends ContestRules = ContestRules> {
  readonly contest: ContestDefinition;
  readonly rules: R;
  readonly facts: ContestFacts;
  readonly reader: ContestReader;
  readonly filter: string | null;
  readonly counted: Counted;
  /** When something counts: the window without pauses and, of power hours, outside of them. */
  readonly spans: readonly Span[];
  /** In order of id. */
  readonly players: readonly Player[];
  /** The most that counts for an entrant, and the least with which it is placed. */
  readonly cap: Scaled | null;
  readonly qualify: Scaled | null;
}

export function playOf(
  contest: ContestDefinition,
  facts: ContestFacts,
  reader: ContestReader,
): Play {
  const { scoring, rules } = contest;
  const filter = filterOf(contest);
  const counted = countedOf(scoring, reader, filter, contest);
  return {
    contest,
    rules,
    facts,
    reader,
    filter,
    counted,
    spans: withoutSpans(openSpans(contest, reader), facts.pauses),
    players: facts.frozen.entrants
      .map((one) => ({
        id: one.id,
        members: one.members.filter((person) => !facts.out.has(person)),
        factor: parseRatio(one.factor),
        baseline: one.baseline === null ? null : BigInt(one.baseline),
        target: one.target === null ? null : BigInt(one.target),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    cap: scaledOf(scoring.cap, counted.unit.scale),
    qualify: scaledOf(contest.qualify, counted.unit.scale),
  };
}

/** The filter under which a contest's metrics are counted: its own, where it has conditions. */
export const filterOf = ({ id, scoring }: ContestDefinition): string | null =>
  (scoring.where?.length ?? 0) > 0 ? id : null;

function openSpans(contest: ContestDefinition, { calendar }: ContestReader): Span[] {
  const { rules, from, to } = contest;
  if (rules.kind !== 'power_hour') return [{ from, to }];
  return hoursIn({ from, to }, rules.hours, rules.weekdays, calendar);
}

/** A decimal of the rules in what is counted. Throws `RangeError` for none: check rules before. */
export function ruleValue({ counted }: Play, text: string): Scaled {
  const value = scaledOf(text, counted.unit.scale);
  if (value === null) throw new RangeError(`"${text}" is no number of what is counted`);
  return value;
}

export const isOut = (player: Player): boolean => player.members.length === 0;

/** A multiplier of single events, in millionths. */
export type Multiplier = (fact: EventKey) => bigint;
export const MULTIPLIER_ONE = 1_000_000n;

/** Nothing ever happened then. */
export const NEVER: Instant = 0;
