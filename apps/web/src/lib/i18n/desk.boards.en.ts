import type { Catalogue } from './catalogue.ts';

export const boardsEn = {} as const satisfies Catalogue;
