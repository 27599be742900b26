import type { ContestFinding } from '@ovation/protocol';
import type { ContestDraftBody } from '@ovation/protocol';

export const WIZARD_STEPS = [
  'goal',
  'who',
  'when',
  'scoring',
  'prizes',
  'show',
  'preview',
  'publish',
] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** Where each part of the rules is asked for. */
const STEP_OF: Readonly<Record<string, WizardStep>> = {
  scoring: 'goal',
  of: 'who',
  who: 'who',
  entry: 'who',
  from: 'when',
  to: 'when',
  graceHours: 'when',
  series: 'when',
  rules: 'scoring',
  ties: 'scoring',
  qualify: 'scoring',
  handicap: 'scoring',
  guard: 'scoring',
  prizes: 'prizes',
  budget: 'prizes',
  show: 'show',
};

/** The step at which a finding can be mended. */
export const stepOf = ({ pointer }: Pick<ContestFinding, 'pointer'>): WizardStep =>
  STEP_OF[pointer.split('/')[1] ?? ''] ?? 'publish';

/** Whether everything that a step asks for is there. */
export function isStepWhole(step: WizardStep, rules: ContestDraftBody): boolean {
  switch (step) {
    case 'goal':
      return rules.scoring !== undefined;
    case 'who':
      return rules.of !== undefined && rules.who !== undefined;
    case 'when':
      return Boolean(rules.from && rules.to && rules.graceHours !== undefined);
    case 'scoring':
      return rules.rules !== undefined && rules.ties !== undefined;
    case 'prizes':
      return rules.prizes !== undefined && rules.prizes.length > 0;
    default:
      return true;
  }
}

/** Whether rules are whole enough to be replayed over the past. */
export const canReplay = (rules: ContestDraftBody): boolean =>
  (['goal', 'who', 'when', 'scoring'] as const).every((step) => isStepWhole(step, rules));
