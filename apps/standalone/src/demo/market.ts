import { currencyExponent, formatScaled } from '@ovation/domain';
import type { IncomingEvent } from '@ovation/protocol';
import type { Random } from './random.ts';

/** An event of the demo always has an id. */
export type DemoEvent = IncomingEvent & { readonly id: string };

/** What is sold to whom, in whole units of the currency. */
export interface Prospect {
  readonly deal: string;
  readonly amount: number;
  readonly attributes: Readonly<Record<string, string>>;
}

const STEMS =
  'Aurora Baharan Cobalt Cypress Delvar Ember Farvahar Glacier Harbor Indigo Juniper Kavir Lumen ' +
  'Mehregan Nordwind Orchid Parsa Quartz Rivera Saffron Tirazis Umbra Vesta Willow Yalda Zephyr';
const TRADES: readonly (readonly [suffix: string, sector: string])[] = [
  ['Logistics', 'logistics'],
  ['Foods', 'food'],
  ['Health', 'health'],
  ['Energy', 'energy'],
  ['Textiles', 'textiles'],
  ['Robotics', 'technology'],
  ['Travel', 'travel'],
  ['Labs', 'technology'],
];
const PRODUCTS: readonly (readonly [product: string, upTo: number])[] = [
  ['Starter', 3_000],
  ['Team', 8_000],
  ['Business', 20_000],
  ['Enterprise', Infinity],
];
const LEAD_SOURCES = ['referral', 'inbound', 'outbound', 'event', 'campaign'] as const;
/** What an event or a campaign is called. */
const CAMPAIGNS: Readonly<Record<string, readonly string[]>> = {
  event: ['Spring fair', 'Autumn fair', 'Open house'],
  campaign: ['Nowruz mailing', 'Webinar series', 'Search ads', 'Partner letter'],
};
const REGIONS = ['North', 'South', 'East', 'West', 'Centre'] as const;
export const STAGES = ['qualified', 'proposal', 'negotiation'] as const;
export const LOSS_REASONS = ['price', 'timing', 'competitor', 'no decision'] as const;

/** How many units buy about as much as one dollar; the demo need not know today's rate. */
const UNITS_PER_DOLLAR: Readonly<Record<string, number>> = {
  IRR: 500_000,
  JPY: 150,
  KRW: 1_300,
  INR: 80,
  TRY: 30,
};

const STEM_LIST = STEMS.split(' ');

/** An invented company that buys for that many dollars. */
export function prospect(random: Random, deal: string, dollars: number): Prospect {
  const [suffix, sector] = random.pick(TRADES);
  const [product] = PRODUCTS.find(([, upTo]) => dollars < upTo) ?? ['Enterprise'];
  const source = random.pick(LEAD_SOURCES);
  const campaigns = CAMPAIGNS[source];
  return {
    deal,
    amount: Math.round(dollars / 50) * 50,
    attributes: {
      account: `${random.pick(STEM_LIST)} ${suffix}`,
      sector,
      product,
      region: random.pick(REGIONS),
      lead_source: source,
      ...(campaigns === undefined ? {} : { campaign: random.pick(campaigns) }),
    },
  };
}

/** Dollars as the API wants money in the organisation's currency: `4500.00`. */
export function money(dollars: number, currency: string): { amount: string; currency: string } {
  const exponent = currencyExponent(currency) ?? 2;
  const units = BigInt(dollars * (UNITS_PER_DOLLAR[currency] ?? 1));
  return { amount: formatScaled(units * 10n ** BigInt(exponent), exponent, exponent), currency };
}

type Kind = readonly [activity: string, kind: NonNullable<IncomingEvent['class']>, weight: number];

const ACTIVITIES: readonly Kind[] = [
  ['call', 'deal-making', 24],
  ['call', 'sourcing', 16],
  ['e-mail', 'relationship', 14],
  ['e-mail', 'sourcing', 10],
  ['meeting', 'deal-making', 12],
  ['meeting', 'relationship', 6],
  ['demo', 'deal-making', 8],
  ['proposal', 'deal-making', 7],
  ['visit', 'relationship', 3],
];

/** A call, meeting, demo … of a person, with its class. */
export function activity(random: Random, id: string, person: string): DemoEvent {
  const [name, kind] = random.weighted(ACTIVITIES, ([, , weight]) => weight);
  return {
    id,
    type: 'activity.logged',
    activity: name,
    class: kind,
    credits: [{ person, share: '1' }],
    attributes: { account: `${random.pick(STEM_LIST)} ${random.pick(TRADES)[0]}` },
  };
}
