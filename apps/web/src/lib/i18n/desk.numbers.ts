import { figuresEn } from './desk.figures.en.ts';
import { figuresFa } from './desk.figures.fa.ts';
import { targetsEn } from './desk.targets.en.ts';
import { targetsFa } from './desk.targets.fa.ts';
import { metricsEn } from './desk.metrics.en.ts';
import { metricsFa } from './desk.metrics.fa.ts';
import { boardsEn } from './desk.boards.en.ts';
import { boardsFa } from './desk.boards.fa.ts';
import { historyEn } from './desk.history.en.ts';
import { historyFa } from './desk.history.fa.ts';

/** The words of every page that is about figures. */
export const numbersEn = {
  ...figuresEn,
  ...targetsEn,
  ...metricsEn,
  ...boardsEn,
  ...historyEn,
};
export const numbersFa = {
  ...figuresFa,
  ...targetsFa,
  ...metricsFa,
  ...boardsFa,
  ...historyFa,
};
