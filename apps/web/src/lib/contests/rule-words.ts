import type { Unit } from '@ovation/domain';
import type { ContestAnswer } from '@ovation/protocol';
import { exact, exactPerUnit, inUnit, type FormatLocale } from '../format/index.ts';
import type { MetricBook } from '../figures/metric-book.svelte.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

type Definition = ContestAnswer['definition'];
const COUNT: Unit = { kind: 'count', scale: 6 };

/** What rules need to be said: the reader's words, and what metrics are called. */
export interface Telling {
  readonly tr: DeskTranslator;
  readonly place: FormatLocale;
  readonly book: MetricBook;
}

/** What numbers of the rules are in: the metric's unit, or points. */
export function ruleUnit({ scoring }: Definition, book: MetricBook): Unit {
  if (scoring === undefined) return COUNT;
  if (!('metric' in scoring)) return { kind: 'points', scale: 6 };
  return book.unitOf(scoring.metric) ?? COUNT;
}

/** How somebody wins, in one sentence with its numbers. */
export function howWords(definition: Definition, { tr, place, book }: Telling): string {
  const { rules } = definition;
  const said = (value: string) => inUnit(value, ruleUnit(definition, book), place);
  if (rules === undefined) return '';
  switch (rules.kind) {
    case 'first_to':
    case 'all_who_reach':
    case 'collective':
      return tr.t(`how-${rules.kind}`, { goal: said(rules.goal) });
    case 'tiers':
      return tr.t('how-tiers', {
        steps: rules.steps.map(said).join(tr.language === 'fa' ? '، ' : ', '),
      });
    case 'every':
      return tr.t('how-every', { step: said(rules.step) });
    case 'teams':
      return tr.t(`how-teams-${rules.by}`);
    case 'power_hour':
      return tr.t('how-power_hour', { hours: hoursWords(rules.hours, tr, place) });
    case 'raffle':
      return tr.t('how-raffle', { ticket: said(rules.ticket) });
    case 'streak':
      return tr.t('how-streak', { daily: said(rules.daily) });
    case 'relay':
      return tr.t('how-relay', { leg: said(rules.leg) });
    default:
      return tr.t(`how-${rules.kind}`);
  }
}

/** `09:00 to 11:00, 16:00 to 17:00`. */
function hoursWords(
  hours: readonly { readonly from: number; readonly to: number }[],
  tr: DeskTranslator,
  place: FormatLocale,
): string {
  const clock = (minutes: number) => {
    const two = (value: number) => String(value).padStart(2, '0');
    return exact(two(Math.floor(minutes / 60)), place) + ':' + exact(two(minutes % 60), place);
  };
  return hours
    .map(({ from, to }) => tr.t('fromTo', { from: clock(from), to: clock(to) }))
    .join(tr.language === 'fa' ? '، ' : ', ');
}

/** What counts: the metric's name, or the points that each of several gives. */
export function countsWords({ scoring }: Definition, { tr, place, book }: Telling): string {
  if (scoring === undefined) return '';
  if ('metric' in scoring) return book.nameOf(scoring.metric, tr);
  return scoring.points
    .map(({ metric, weight }) =>
      tr.t('pointsEach', {
        weight: exactPerUnit(weight, book.unitOf(metric) ?? COUNT, place),
        metric: book.nameOf(metric, tr),
      }),
    )
    .join(tr.language === 'fa' ? '؛ ' : '; ');
}

/** What is held up for a manager's look, one phrase each. */
export function guardWords({ guard }: Definition, { tr, place }: Telling): string[] {
  const n = (value: number) => ({ count: value, n: exact(String(value), place) });
  const said: string[] = [];
  if (guard?.duplicateMinutes !== undefined) {
    said.push(tr.t('guardDuplicate', n(guard.duplicateMinutes)));
  }
  if (guard?.burst !== undefined) said.push(tr.t('guardBurst', n(guard.burst)));
  if (guard?.lateMinutes !== undefined) said.push(tr.t('guardLate', n(guard.lateMinutes)));
  if (guard?.lastHourPercent !== undefined) {
    const percent = inUnit(String(guard.lastHourPercent), { kind: 'percent', scale: 3 }, place);
    said.push(tr.t('guardLastHour', { percent }));
  }
  return said;
}
