import type { PlanFindingAnswer } from '@ovation/protocol';
import { faultText } from '../desk/fault-text.ts';
import { integer } from '../format/index.ts';
import { positionText, type Telling } from './plan-words.ts';

/** What is worth a thought about rules, with the names and numbers that a reader knows. */
export function thoughtText(telling: Telling, finding: PlanFindingAnswer): string {
  const { plan, tr, place, names } = telling;
  const value = (name: string) => String(finding.values[name] ?? '');
  switch (finding.code) {
    case 'cliff':
    case 'falling_rate':
    case 'same_rate': {
      const own = plan.components.find(({ id }) => id === value('component'));
      if (own?.kind !== 'tiers') return faultText(finding, tr);
      const at = positionText(telling, own.measure, own.position, value('at'));
      return tr.t(`planThought_${finding.code}`, { at });
    }
    case 'unreachable_band':
      return tr.t('planThought_unreachable_band', { cap: names.component(plan, value('cap')) });
    case 'unused_measure': {
      const name = names.measure(plan, value('measure'));
      return tr.t('planThought_unused_measure', { name });
    }
    case 'no_quota_named': {
      const name = names.measure(plan, value('measure'));
      return tr.t('planThought_no_quota_named', { name });
    }
    case 'no_quota': {
      const count = Number(value('people'));
      const metric = names.quota(value('metric'));
      return tr.t('planThought_no_quota', { count, n: integer(count, place), metric });
    }
    default:
      return faultText(finding, tr);
  }
}
