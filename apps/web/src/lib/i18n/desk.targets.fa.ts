import type { Translation } from './catalogue.ts';
import type { targetsEn } from './desk.targets.en.ts';

export const targetsFa = {} as const satisfies Translation<typeof targetsEn>;
