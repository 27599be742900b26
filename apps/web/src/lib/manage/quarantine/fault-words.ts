import { faultsEn } from '$lib/i18n/desk.faults.en.ts';

type Known = keyof typeof faultsEn;

/** The message that names a kind of fault; the rarest have only their own sentence. */
export function faultTitle(code: string): Known | undefined {
  const key = `fault_${code}`;
  return Object.hasOwn(faultsEn, key) ? (key as Known) : undefined;
}
