import type { PlanDefinition } from '@ovation/domain';
import { faultText } from '$lib/desk/fault-text.ts';
import type { FormatLocale } from '$lib/format/index.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';
import type { PlanDraft } from '../plan-draft.svelte.ts';
import type { PlanNames } from '../plan-names.ts';
import { thoughtText } from '../plan-thoughts.ts';
import { valueAt } from '../plan-values.ts';

/** What every field of a draft is given: the draft, and what things are called. */
export interface FieldScene {
  readonly draft: PlanDraft;
  readonly names: PlanNames;
  /** Metrics whose targets can be gone by. */
  readonly metrics: readonly { readonly value: string; readonly label: string }[];
}

/** What stands at a place, as text; empty for nothing. */
export function textAt(rules: PlanDefinition, pointer: string): string {
  const value = valueAt(rules, pointer);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What is wrong exactly at a place, in words. */
export function faultOf({ draft }: FieldScene, pointer: string, tr: DeskTranslator) {
  const fault = draft.faultAt(pointer);
  return fault && faultText(fault, tr);
}

/** What is worth a thought exactly at a place, in words. */
export function warningOf(
  { draft, names }: FieldScene,
  pointer: string,
  tr: DeskTranslator,
  place: FormatLocale,
) {
  const warning = draft.warningAt(pointer);
  return warning && thoughtText({ plan: draft.rules, tr, place, names }, warning);
}

export type Option = { readonly value: string; readonly label: string };

export const measureOptions = ({ draft, names }: FieldScene): Option[] =>
  draft.rules.measures.map(({ id }) => ({ value: id, label: names.measure(draft.rules, id) }));

const SHAPES = ['gate', 'modifier', 'cap', 'floor'];

/** Components that earn, but for the one that asks. */
export const earningOptions = ({ draft, names }: FieldScene, but: string): Option[] =>
  draft.rules.components
    .filter(({ id, kind }) => id !== but && !SHAPES.includes(kind))
    .map(({ id }) => ({ value: id, label: names.component(draft.rules, id) }));

/** The options with what stands there now, though nothing is called so, and with nothing. */
export function withNow(options: readonly Option[], now: string, none: string | null): Option[] {
  const known = now === '' || options.some(({ value }) => value === now);
  const empty = none !== null || now === '' ? [{ value: '', label: none ?? '–' }] : [];
  return [...empty, ...options, ...(known ? [] : [{ value: now, label: now }])];
}
