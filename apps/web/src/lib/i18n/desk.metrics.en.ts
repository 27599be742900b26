import type { Catalogue } from './catalogue.ts';

export const metricsEn = {} as const satisfies Catalogue;
