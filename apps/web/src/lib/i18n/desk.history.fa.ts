import type { Translation } from './catalogue.ts';
import type { historyEn } from './desk.history.en.ts';

export const historyFa = {} as const satisfies Translation<typeof historyEn>;
