import type { Catalogue } from './catalogue.ts';

export const historyEn = {} as const satisfies Catalogue;
