import { parseInstant, type PlanDefinition } from '@ovation/domain';
import type {
  PayDeals,
  PayTrace,
  StatementDetailAnswer,
  StatementPaperAnswer,
} from '@ovation/protocol';
import { basisOf, componentOf, rulesOf } from './basis.ts';
import type { LivePay, LivePayBook } from './live.ts';

/**
 * A statement as it is read: its lines with what components and deals are called today, and the
 * dates of its period. The statement itself has ids and stays as it was issued.
 */
export async function statementPaper(
  live: LivePay,
  orgId: string,
  statement: StatementDetailAnswer,
): Promise<StatementPaperAnswer> {
  const book = await live.book(orgId);
  const row = book.periods.find((one) => one.key === statement.period);
  const day = parseInstant(`${statement.period}T00:00:00Z`)!;
  const to = book.calendar.dateOf((row?.to ?? new Date(day)).getTime());
  const lines = statement.lines.map((line) => {
    const { plan, version, component } = line;
    if (plan === null || version === null || component === null) {
      return { ...line, kind: null, basis: null };
    }
    const rules: PlanDefinition | undefined = rulesOf(book, { plan: plan.id, version });
    const found = componentOf(rules, component);
    return { ...line, kind: found?.kind ?? null, basis: basisOf(book, rules, found) };
  });
  const deals = dealsShown(
    book,
    statement.lines.map(({ trace }) => trace),
  );
  return {
    ...statement,
    ...{ lines, deals },
    span: { kind: row?.kind ?? 'month', from: statement.period, to },
  };
}

/** What the deals that traces name are called today. */
export function dealsShown(
  { dealOf }: Pick<LivePayBook, 'dealOf'>,
  traces: readonly (PayTrace | null)[],
): PayDeals {
  const known = [...new Set(traces.flatMap(dealsIn))].flatMap((id) => {
    const deal = dealOf(id);
    return deal ? [[id, deal] as const] : [];
  });
  return Object.fromEntries(known);
}

/** The deals that a trace names. */
function dealsIn(trace: PayTrace | null): string[] {
  const lines = trace?.['lines'];
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((line: { readonly deal?: unknown }) =>
    typeof line.deal === 'string' ? [line.deal] : [],
  );
}
