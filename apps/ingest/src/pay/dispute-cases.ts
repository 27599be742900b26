import type { DisputeCaseAnswer } from '@ovation/protocol';
import { readDisputeCases, readPayEntries } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { isInCharge, type Charge } from '../team-scope.ts';
import { disputeAnswer } from './disputes.ts';
import { entryAnswer } from './entries.ts';
import type { LivePay } from './live.ts';
import { readPayNames } from './names.ts';
import { dealsShown } from './paper.ts';

/** Disputes of those whom somebody looks after, each with its line and what came of it. */
export async function disputeCases(
  { deps, live }: { readonly deps: IngestDeps; readonly live: LivePay },
  orgId: string,
  charge: Charge,
): Promise<DisputeCaseAnswer[]> {
  const rows = (await readDisputeCases(deps.sql, orgId)).filter((row) =>
    isInCharge(charge, row.person),
  );
  const ids = rows.flatMap(({ line, entry }) => [line, entry]).filter((id) => id !== null);
  const entries =
    ids.length === 0 ? [] : await readPayEntries(deps.sql, orgId, { ids, traces: true });
  const doers = rows.flatMap((row) => [row.by, row.decidedBy]);
  const names = await readPayNames(deps, orgId, [...doers, ...entries.map((one) => one.by)]);
  const found = (id: string | null) => entries.find((one) => one.id === id);
  const book = ids.length === 0 ? null : await live.book(orgId);
  return rows.map((row) => {
    const [line, ended] = [found(row.line), found(row.entry)];
    const trace = (line?.trace ?? null) as DisputeCaseAnswer['trace'];
    return {
      ...disputeAnswer(row, names),
      person: names.of(row.person),
      statement: {
        ...{ id: row.statement, period: row.period, number: row.number },
        ...{ state: row.statementState, currency: row.currency },
      },
      questioned: line ? entryAnswer(line, names) : null,
      ...{ trace, deals: book ? dealsShown(book, [trace]) : {} },
      ended: ended ? entryAnswer(ended, names) : null,
    };
  });
}
