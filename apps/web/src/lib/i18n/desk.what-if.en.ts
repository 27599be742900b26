import type { Catalogue } from './catalogue.ts';

/** What it says where past periods are paid again by other rules. */
export const whatIfEn = {
  whatIfTitle: 'What if {label} had paid',
  whatIfPeriods: 'Pay periods to replay',
  whatIfRun: 'Replay',
  whatIfRunning: 'Everybody’s deals are being paid again by these rules.',
  whatIfFailed: 'The past could not be replayed.',
  whatIfNoPeriods: 'No pay period has begun',
  whatIfNoPeriodsText: 'Open a pay period first; then its deals can be replayed.',
  whatIfNobodyText: 'Put people on the plan to see what it would have paid them.',
  whatIfBetter: 'better',
  whatIfSame: 'same',
  whatIfWorse: 'worse',
  whatIfChart: 'Change of pay per person: {worse} worse, {same} the same, {better} better.',
  whatIfBins: 'Each bar: up to so much more or less, {unit}.',
  whatIfCliff: '{name}: a cliff at {at}',
  whatIfForecast:
    '{period} would come to {next} at the pace of now; the rules of now come to {now}.',
  whatIfSoFar: 'So far: {next}, and by the rules of now {now}.',
  whatIfPerPerson: 'Change per person',
  whatIfCost: 'What it costs',
  whatIfNow: 'Now',
  whatIfNext: 'Then',
  whatIfIfAll: 'If all end at {percent} of their target',
  whatIfPeople: 'Who gains and who loses',
  whatIfWho: 'Who is shown',
  whatIfWho_all: 'Everybody',
  whatIfWho_worse: 'Worse',
  whatIfWho_better: 'Better',
  whatIfNobodyHere: 'Nobody.',
  whatIfCapped: { one: '{n} person hits a limit', other: '{n} people hit a limit' },
  whatIfRefused: {
    one: 'The pay of {n} person could not be worked out: a target is missing.',
    other: 'The pay of {n} people could not be worked out: targets are missing.',
  },
} as const satisfies Catalogue;
