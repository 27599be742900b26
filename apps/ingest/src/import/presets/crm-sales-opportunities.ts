import type { Preset } from './preset.ts';

/** The public data set "CRM sales opportunities": a fictional seller of computer hardware. */
export const crmSalesOpportunities: Preset = {
  name: 'crm-sales-opportunities',
  columns: {
    teams: { person: 'sales_agent', manager: 'manager', office: 'regional_office' },
    products: { product: 'product', series: 'series', price: 'sales_price' },
    accounts: { account: 'account', sector: 'sector' },
    pipeline: {
      deal: 'opportunity_id',
      person: 'sales_agent',
      product: 'product',
      account: 'account',
      stage: 'deal_stage',
      openedOn: 'engage_date',
      closedOn: 'close_date',
      amount: 'close_value',
    },
    dictionary: { table: 'Table', field: 'Field', description: 'Description' },
  },
  stages: { Engaging: 'opened', Prospecting: 'opened', Won: 'won', Lost: 'lost' },
  prospecting: ['Prospecting'],
  sectors: [
    'employment',
    'entertainment',
    'finance',
    'marketing',
    'medical',
    'retail',
    'services',
    'software',
    'technology',
    'telecommunications',
  ],
};
