import type { Unit } from '@ovation/domain';
import type { Celebration } from '@ovation/protocol';
import { heroScale, scaledShort, shortUnit } from '../format/money.ts';
import type { FormatLocale } from '../format/locale.ts';

/** What a win is worth, as it rolls up on the glass. */
export interface WorthPicture {
  readonly unit: string;
  /** The text of a share of the amount; the last one is the amount itself. */
  textAt(share: number): string;
}

/** `null` where the amount is nobody's business. */
export function worthPicture(
  win: Pick<Celebration, 'amount'>,
  locale: FormatLocale,
): WorthPicture | null {
  if (!win.amount) return null;
  const { value, currency } = win.amount;
  const unit: Unit = { kind: 'money', currency, scale: 0 };
  const scale = heroScale([value], unit, locale);
  const whole = Number(value);
  return {
    unit: shortUnit(unit, scale, locale),
    textAt: (share) =>
      scaledShort(share >= 1 ? value : Math.floor(whole * share).toFixed(0), scale, locale),
  };
}
