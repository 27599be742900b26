/** A unit in which people speak of a currency that is not the one its books are kept in. */
interface MoneyUnitRule {
  /** ISO 4217 code of the books. */
  readonly currency: string;
  /** One of it is this power of ten of the currency. */
  readonly power: number;
  /** What people call it. */
  readonly name: Readonly<Record<'en' | 'fa', string>>;
  /** What they call the currency itself, where both are spoken of. */
  readonly ofBooks: Readonly<Record<'en' | 'fa', string>>;
}

/**
 * Every unit in which money may be shown. It changes what readers see and nothing else: the log,
 * the interface, files and what is typed stay in the currency.
 */
export const MONEY_UNITS = {
  toman: {
    currency: 'IRR',
    power: 1,
    name: { en: 'toman', fa: 'تومان' },
    ofBooks: { en: 'rial', fa: 'ریال' },
  },
} as const satisfies Record<string, MoneyUnitRule>;

export type MoneyUnit = keyof typeof MONEY_UNITS;

export const MONEY_UNIT_NAMES = Object.keys(MONEY_UNITS) as readonly MoneyUnit[];

/** The rule of the chosen unit for sums of `currency`; `undefined`: they are shown as they are. */
export function moneyUnitOf(
  currency: string,
  chosen: MoneyUnit | undefined,
): MoneyUnitRule | undefined {
  const rule = chosen && MONEY_UNITS[chosen];
  return rule?.currency === currency ? rule : undefined;
}
