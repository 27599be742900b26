import { currencyExponent, formatScaled, type LoggedMoney, type Unit } from '@ovation/domain';
import type { ExplainAnswer, ExplainEvent } from '@ovation/protocol';
import {
  readEndedCredits,
  readEventsAt,
  readEventsByKey,
  type CreditRow,
  type EndedRow,
} from '@ovation/store';
import { eventLine } from '../figures/event-line.ts';
import { textOf } from '../routes/boards.ts';
import { NAMED_MAX, readNames, type Asked } from './asked.ts';
import { readToldFacts, type ToldFact } from './facts.ts';
import type { Leaf } from './parts.ts';

const toldBy = ({ book, known }: Asked, facts: readonly string[]) =>
  readToldFacts(book.sql, book.orgId, facts, known.seq);

/** Credits with their events, in the order that they are given in. */
export async function explainedEvents(
  asked: Asked,
  rows: readonly CreditRow[],
  unit: Unit,
): Promise<ExplainEvent[]> {
  const facts = rows.map((row) => row.fact);
  const told = await toldBy(asked, facts);
  const nameOf = await readNames(
    asked.book,
    rows.map((row) => row.person),
  );
  return rows.flatMap((row) => {
    const fact = told.get(row.fact);
    if (!fact) return [];
    return [
      {
        event: eventLine(fact.event),
        person: nameOf(row.person),
        share: fact.share(row.subject),
        whole: textOf(row.whole, unit),
        value: textOf(row.value, unit),
        item: row.item,
        rate: unit.kind === 'money' ? rateOf(fact.amount) : null,
      },
    ];
  });
}

function rateOf(amount: LoggedMoney | undefined): ExplainEvent['rate'] {
  const sent = amount?.sent;
  if (!sent) return null;
  const digits = currencyExponent(sent.currency) ?? 2;
  const text = formatScaled(BigInt(sent.minor), digits, digits);
  return { rate: sent.rate, date: sent.rateDate, sent: text };
}

type Correction = ExplainAnswer['corrections'][number];

/** What counted in these components once and no longer does, newest end first. */
export async function readCorrections(
  asked: Asked,
  leaves: readonly Leaf[],
): Promise<Correction[]> {
  const ended = new Map<string, EndedRow & { readonly unit: Unit }>();
  for (const { query, unit } of leaves) {
    const rows = await readEndedCredits(asked.book.sql, asked.book.orgId, query);
    for (const row of rows) {
      // An average counts a deal in its top and in its bottom: it is named once.
      const name = [row.fact, row.subject, row.goneSeq, row.stoppedAt.getTime()].join('|');
      if (!ended.has(name)) ended.set(name, { ...row, unit });
    }
  }
  const newest = [...ended.values()]
    .sort((a, b) => b.stoppedAt.getTime() - a.stoppedAt.getTime())
    .slice(0, NAMED_MAX);
  return named(asked, newest);
}

async function named(
  asked: Asked,
  rows: readonly (EndedRow & { readonly unit: Unit })[],
): Promise<Correction[]> {
  const { sql, orgId } = asked.book;
  const facts = rows.map((row) => row.fact);
  const told = await toldBy(asked, facts);
  const sent = await readEventsByKey(sql, orgId, [...new Set(facts)], asked.known.seq);
  const bySeq = await readEventsAt(
    sql,
    orgId,
    rows.flatMap((row) => row.goneSeq ?? []),
  );
  const outcomes = rows.flatMap((row) => told.get(row.fact)?.endedBy ?? []);
  const byKey = await readEventsByKey(sql, orgId, [...new Set(outcomes)], asked.known.seq);
  const nameOf = await readNames(
    asked.book,
    rows.map((row) => row.person),
  );
  return rows.flatMap((row) => {
    const event = sent.find((one) => one.key === row.fact);
    if (!event) return [];
    const by =
      row.goneSeq === null
        ? byKey.find((one) => one.key === endOf(told.get(row.fact)))
        : bySeq.find((one) => one.seq === row.goneSeq);
    return [
      {
        event: eventLine(event),
        person: nameOf(row.person),
        unit: row.unit,
        value: textOf(row.value, row.unit),
        now: textOf(row.now, row.unit),
        by: by ? eventLine(by) : null,
        at: row.stoppedAt.toISOString(),
      },
    ];
  });
}

const endOf = (fact: ToldFact | undefined): string | undefined => fact?.endedBy;
