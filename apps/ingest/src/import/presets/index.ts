import { crmSalesOpportunities } from './crm-sales-opportunities.ts';
import type { Preset } from './preset.ts';

/** Every known set of files. A further one is a file beside this and a line here. */
export const PRESETS: readonly Preset[] = [crmSalesOpportunities];
