import type { Tx } from './connect.ts';

/** From `from` on (ISO date), one unit of `currency` is `rate` of the organisation's own. */
export interface RateRow {
  readonly currency: string;
  readonly from: string;
  readonly rate: string;
}

/** By currency, newest first. */
export function readRates(tx: Tx, orgId: string): Promise<RateRow[]> {
  return tx<RateRow[]>`
    select currency, from_date::text as "from", rate
    from currency_rate
    where org_id = ${orgId}
    order by currency, from_date desc`;
}

/** Sets the rate of a date, or takes it away (`null`); answers the one before. */
export async function saveRate(
  tx: Tx,
  orgId: string,
  { currency, from, rate }: Omit<RateRow, 'rate'> & { readonly rate: string | null },
): Promise<string | null> {
  const [was] = await tx<{ rate: string }[]>`
    select rate from currency_rate
    where org_id = ${orgId} and currency = ${currency} and from_date = ${from}::text::date
    for update`;
  if (rate === null) {
    await tx`
      delete from currency_rate
      where org_id = ${orgId} and currency = ${currency} and from_date = ${from}::text::date`;
  } else {
    await tx`
      insert into currency_rate (org_id, currency, from_date, rate)
      values (${orgId}, ${currency}, ${from}::text::date, ${rate})
      on conflict (org_id, currency, from_date) do update set rate = excluded.rate`;
  }
  return was?.rate ?? null;
}
