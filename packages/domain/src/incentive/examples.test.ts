import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatScaled } from '../decimal.ts';
import type { PlanComponent, PlanDefinition, PlanMeasure } from './definition.ts';
import { ARR, calculated, deal, months, payeeOf, planOf } from './incentive.fixture.ts';
import type { IncentiveFact, IncentiveInput, IncentivePerson } from './input.ts';
import { PLAN_KINDS } from './kinds/index.ts';
import { TIER_MODES, CLAWBACK_BASES } from './definition.ts';
import type { PayeeResult } from './result.ts';

interface Example {
  readonly plan?: Partial<PlanDefinition>;
  readonly measures?: readonly PlanMeasure[];
  readonly components: readonly PlanComponent[];
  readonly people?: readonly (IncentivePerson & { readonly targetIncentive?: string })[];
  readonly periods?: readonly string[];
  readonly quotas?: IncentiveInput['quotas'];
  readonly rates?: IncentiveInput['rates'];
  readonly holds?: IncentiveInput['holds'];
  readonly facts: readonly (Partial<IncentiveFact> & {
    readonly id: string;
    readonly on: string;
  })[];
}
type Expected = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

const text = readFileSync(new URL('../../../../docs/incentives.md', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/^#{2,3} (.+)$|```json (input|expected)\n([\s\S]*?)```/gm)];
const examples: { name: string; input: Example; expected: Expected }[] = [];
let title = '';
let input: Example | undefined;
for (const [, heading, what, json] of blocks) {
  if (heading !== undefined) title = heading;
  else if (what === 'input') input = JSON.parse(json!) as Example;
  else {
    if (!input) throw new Error(`${title}: something is expected of nothing`);
    examples.push({ name: title, input, expected: JSON.parse(json!) as Expected });
    input = undefined;
  }
}

function inputOf(example: Example): IncentiveInput {
  const { people = [{ id: 'ann' }], measures = [ARR], components, plan, facts } = example;
  const definition = planOf(components, { measures, ...plan });
  const wanted = example.periods ?? ['2026-01'];
  return {
    plans: [{ id: 'plan', versions: [{ number: 1, from: '2020-01-01', definition }] }],
    people: people.map(({ targetIncentive: _, ...person }) => person),
    assignments: people.map(({ id: person, targetIncentive }) => ({
      person,
      plan: 'plan',
      from: '2026-01-01',
      ...(targetIncentive && { targetIncentive }),
    })),
    quotas: example.quotas ?? [],
    rates: example.rates ?? [],
    ...(example.holds && { holds: example.holds }),
    periods: months(12).filter(({ id }) => wanted.includes(id)),
    facts: facts.map(({ id, on, amount, ...more }) => {
      const { amount: _, currency, ...rest } = deal(id, on, '0', more);
      return {
        ...rest,
        ...(amount !== undefined && { amount, currency: more.currency ?? currency! }),
      };
    }),
  };
}

/** What a payee's period says under a name: of the settlement, of the period, or of a component. */
function said({ periods, exponent }: PayeeResult, period: string, name: string): string {
  const own = periods.find((one) => one.period === period)!;
  const { settlement: one } = own;
  const named: Record<string, bigint> = {
    earned: own.earnedMinor,
    held: own.heldMinor,
    payout: one.payoutMinor,
    advanced: one.advancedMinor,
    recovered: one.recoveredMinor,
    forgiven: one.forgivenMinor,
    owed: one.owedMinor,
    carryOut: one.carryOutMinor,
    clawback: one.clawbackMinor,
  };
  const figure = own.figures.find(({ component }) => component === name)?.minor ?? 0n;
  return formatScaled(named[name] ?? figure, exponent, exponent);
}

describe('the examples of docs/incentives.md', () => {
  it.each(examples.map((one, index) => [`${index + 1}: ${one.name}`, one] as const))(
    '%s',
    (_, { input: example, expected }) => {
      const result = calculated(inputOf(example));
      const found = Object.fromEntries(
        Object.entries(expected).map(([person, periods]) => [
          person,
          Object.fromEntries(
            Object.entries(periods).map(([period, values]) => [
              period,
              Object.fromEntries(
                Object.keys(values).map((name) => [
                  name,
                  said(payeeOf(result, person), period, name),
                ]),
              ),
            ]),
          ),
        ]),
      );
      expect(found).toEqual(expected);
    },
  );

  it('have every kind, every mode of tiers and every basis of clawback', () => {
    const all = JSON.stringify(examples);
    for (const kind of Object.keys(PLAN_KINDS)) expect(all).toContain(`"kind":"${kind}"`);
    for (const mode of TIER_MODES) expect(all).toContain(`"mode":"${mode}"`);
    for (const basis of CLAWBACK_BASES.slice(1)) expect(all).toContain(`"basis":"${basis}"`);
  });
});
