import type { Translation } from './catalogue.ts';
import type { metricsEn } from './desk.metrics.en.ts';

export const metricsFa = {} as const satisfies Translation<typeof metricsEn>;
