import type { PayBasis, PayDeals, PayPart, StatementPaperLine } from '@ovation/protocol';
import { cleanText, type FormatLocale } from '../format/index.ts';
import { metricName } from '../figures/names.ts';
import type { DeskTranslator } from '../i18n/desk.ts';
import { entryKey, kindKey } from './kinds.ts';
import { dateOf, dayOf } from './pay-text.ts';

const SHOWN_VALUES = 3;

/** What a component is called: its kind, and what it is only for. */
export function componentName(
  { kind, basis }: { readonly kind: string; readonly basis: PayBasis | null },
  tr: DeskTranslator,
): string {
  const name = tr.t(kindKey(kind));
  const only = (basis?.only ?? []).slice(0, SHOWN_VALUES).map((value) => cleanText(value));
  if (only.length === 0) return name;
  return tr.t('payNamed', { name, of: only.join(tr.t('payAnd')) });
}

/** The metric that a component goes by, or what it counts. */
export function basisName(basis: PayBasis | null, tr: DeskTranslator): string | null {
  if (basis === null) return null;
  if (basis.metric) return metricName(basis.metric, tr);
  const { sum } = basis;
  if (sum === 'amount' || sum === 'count' || sum === 'units') return tr.t(`payCounts_${sum}`);
  return null;
}

/** What a line of a statement is called. */
export function lineName(
  line: Pick<StatementPaperLine, 'kind' | 'basis' | 'type' | 'origin' | 'posting'>,
  tr: DeskTranslator,
): string {
  const { kind, basis, type, origin, posting } = line;
  if (kind === null) return tr.t(entryKey(type));
  const name = componentName({ kind, basis }, tr);
  return type === 'clawback' || origin !== posting
    ? tr.t('payNamed', { name: tr.t(entryKey(type)), of: name })
    : name;
}

interface Around {
  readonly tr: DeskTranslator;
  readonly place: FormatLocale;
  /** Periods by their first dates, as they are called. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a step to the pay of a period is called. */
export function partName(part: PayPart, { tr, place, names }: Around): string {
  const from = part.origin === null ? '' : (names.get(part.origin) ?? dayOf(part.origin, place));
  const ofPeriod = (name: string) => (from === '' ? name : tr.t('payNamed', { name, of: from }));
  switch (part.why) {
    case 'earned':
      return componentName({ kind: part.kind ?? '', basis: part.basis }, tr);
    case 'shaped':
      return tr.t(kindKey(part.kind ?? ''));
    case 'taken_back':
      return tr.t('payEntry_clawback');
    case 'entry':
      return ofPeriod(tr.t(entryKey(part.kind ?? '')));
    case 'late':
      return ofPeriod(tr.t('payPart_late'));
    case 'held':
      return tr.t('payPart_held');
    case 'elsewhere':
      return tr.t('payPart_elsewhere');
  }
}

/** What a deal is called: its customer, else the id that its source gave it. */
export function dealName(deal: string, deals: PayDeals): string {
  const account = deals[deal]?.account;
  return account ? cleanText(account) : deal.replace(/^[^/]*\//, '');
}

/** The day that a deal counts for: `24 November`. */
export function dealDay(deal: string, deals: PayDeals, place: FormatLocale): string | null {
  const on = deals[deal]?.on;
  return on ? dateOf(on, place) : null;
}
