import type { Translation } from './catalogue.ts';
import type { boardsEn } from './desk.boards.en.ts';

export const boardsFa = {} as const satisfies Translation<typeof boardsEn>;
