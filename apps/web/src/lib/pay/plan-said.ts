import type { FormatLocale } from '../format/index.ts';
import * as pay from './pay-text.ts';

const NUMBER = /^-?\d{1,18}(\.\d{1,12})?(\/[1-9]\d{0,8})?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

type Say = (text: string, place: FormatLocale) => string;

/** A draft may have anything where a number belongs: what cannot be read is said as it stands. */
const ifNumber =
  (say: Say): Say =>
  (text, place) =>
    NUMBER.test(text) ? say(text, place) : text;

export const numberOf = ifNumber(pay.numberOf);
export const percentOf = ifNumber(pay.percentOf);

export const moneyIn: typeof pay.moneyIn = (amount, currency, place) =>
  ifNumber((text) => pay.moneyIn(text, currency, place))(amount, place);

export const dayOf: Say = (iso, place) => (DATE.test(iso) ? pay.dayOf(iso, place) : iso);
