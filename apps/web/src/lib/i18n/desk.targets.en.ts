import type { Catalogue } from './catalogue.ts';

export const targetsEn = {} as const satisfies Catalogue;
