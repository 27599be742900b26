import {
  currencyExponent,
  formatExact,
  formatScaled,
  type Figure,
  type IncentiveCredit,
  type PaidLine,
  type PayeeResult,
  type PayPeriod,
} from '@ovation/domain';
import type {
  PreviewedComponent,
  PreviewedCredit,
  PreviewedLine,
  PreviewedPayee,
  PreviewedPeriod,
  PreviewedTrace,
} from '@ovation/protocol';

type Exact = Figure['exact'];

/** How a plan's numbers are written: money in whole units of its currency. */
interface Words {
  readonly money: (exact: Exact) => string;
  /** A measure's number, which may be money. */
  readonly number: (exact: Exact, money: boolean) => string;
}

function wordsOf(currency: string): Words {
  const exponent = currencyExponent(currency) ?? 2;
  const money = (exact: Exact) => formatExact(exact, exponent);
  return { money, number: (exact, isMoney) => (isMoney ? money(exact) : formatExact(exact)) };
}

/** What a preview says about somebody; `planCurrency` is what exact figures are in. */
export function payeeAnswer(payee: PayeeResult, planCurrency: string): PreviewedPayee {
  const words = wordsOf(planCurrency);
  const paid = (minor: bigint) => formatScaled(minor, payee.exponent, payee.exponent);
  const periodIds = payee.periods.map(({ period }) => period);
  return {
    person: payee.person,
    currency: payee.currency,
    credits: payee.credits.map((one) => creditAnswer(one, periodIds[one.period]!, words)),
    periods: payee.periods.map((one) => periodAnswer(one, words, paid)),
    refusals: payee.refusals.map(({ code, component, period, detail }) => {
      return { code, component, period, detail };
    }),
  };
}

function creditAnswer(credit: IncentiveCredit, period: string, words: Words): PreviewedCredit {
  return {
    fact: credit.fact.key,
    deal: credit.fact.fact.deal,
    role: credit.role,
    level: credit.level,
    period,
    share: formatExact(credit.share),
    quotaShare: formatExact(credit.quotaShare),
    amount: words.money(credit.amount),
    fx: rateAnswer(credit.fx),
  };
}

const rateAnswer = (fx: IncentiveCredit['fx']) =>
  fx && { pair: fx.pair, on: fx.on, rate: formatExact(fx.rate) };

function periodAnswer(
  period: PayPeriod,
  words: Words,
  paid: (minor: bigint) => string,
): PreviewedPeriod {
  const { settlement: one } = period;
  return {
    period: period.period,
    components: period.figures.map((figure) => componentAnswer(figure, words, paid)),
    earned: paid(period.earnedMinor),
    held: paid(period.heldMinor),
    entries: period.entries.map(({ amountMinor, component, originPeriod, ...rest }) => ({
      component,
      originPeriod,
      postingPeriod: rest.postingPeriod,
      type: rest.type,
      amount: paid(amountMinor),
    })),
    settlement: {
      carryIn: paid(one.carryInMinor),
      earned: paid(one.earnedMinor),
      clawback: paid(one.clawbackMinor),
      drawRecovered: paid(one.recoveredMinor),
      drawAdvanced: paid(one.advancedMinor),
      drawForgiven: paid(one.forgivenMinor),
      drawOwed: paid(one.owedMinor),
      carryOut: paid(one.carryOutMinor),
    },
    payout: paid(one.payoutMinor),
  };
}

function componentAnswer(
  figure: Figure,
  words: Words,
  paid: (minor: bigint) => string,
): PreviewedComponent {
  const money = figure.measure?.money ?? true;
  return {
    component: figure.component,
    kind: figure.kind as PreviewedComponent['kind'],
    total: paid(figure.minor),
    lines: figure.lines.map((line) => lineAnswer(line, money, words, paid)),
    trace: traceAnswer(figure, words),
  };
}

function lineAnswer(
  line: PaidLine,
  money: boolean,
  words: Words,
  paid: (minor: bigint) => string,
): PreviewedLine {
  const number = (exact: Exact | undefined) =>
    exact === undefined ? null : words.number(exact, money);
  return {
    node: line.by,
    fact: line.fact,
    deal: line.deal,
    exact: words.money(line.exact),
    amount: paid(line.minor),
    before: number(line.before),
    after: number(line.after),
    slices: (line.slices ?? []).map((slice) => ({
      from: number(slice.from),
      to: number(slice.to),
      amount: words.number(slice.amount, money),
      rate: formatExact(slice.rate),
      pays: words.money(slice.pays),
    })),
  };
}

function traceAnswer(figure: Figure, words: Words): PreviewedTrace {
  const { measure } = figure;
  const number = (exact: Exact) => words.number(exact, measure?.money ?? true);
  return {
    plan: figure.plan,
    version: figure.version,
    mode: figure.mode ?? null,
    measure: measure && {
      id: measure.id,
      window: measure.window,
      before: number(measure.before),
      after: number(measure.after),
      quota: measure.quota && number(measure.quota),
      quotaFrom: measure.quotaFrom.map(({ amount, ramp, days }) => {
        return { amount, ramp: formatExact(ramp), days: formatExact(days) };
      }),
    },
    payoutFx: rateAnswer(figure.payoutFx),
    then: figure.shapes.map(({ by: node, trace, in: before, out }) => ({
      node,
      kind: trace.kind,
      in: words.money(before),
      out: words.money(out),
      passed: 'passed' in trace ? trace.passed : null,
      left: 'left' in trace ? trace.left : null,
      right: 'right' in trace ? trace.right : null,
      times: 'times' in trace ? formatExact(trace.times) : null,
      hit: 'hit' in trace ? trace.hit : null,
    })),
    exact: words.money(figure.exact),
  };
}
