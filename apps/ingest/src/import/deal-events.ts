import { formatAmount, type DealRow } from './deal-row.ts';
import type { ImportPorts, IncomingEvent } from './ports.ts';
import type { Preset } from './presets/preset.ts';

/**
 * The events of a deal, in the order they happened. Their ids are made from the deal's, so that
 * importing a file again, or a newer export of it, adds only what is new.
 */
export function dealEvents(
  row: DealRow,
  preset: Preset,
  ports: Pick<ImportPorts, 'currency' | 'startOfDay'>,
): IncomingEvent[] {
  const at = (date: string) => (date.length === 10 ? ports.startOfDay(date) : date);
  const base = { deal: row.deal, credits: [{ person: row.person, share: '1' }] };
  const events: IncomingEvent[] = [];
  // A closed deal whose beginning nobody knows must not seem to begin on the day of the import.
  if (row.openedOn !== undefined || row.meaning === 'opened') {
    const firstStage = row.meaning === 'opened' ? row.stage : openedStage(preset);
    events.push({
      ...base,
      id: `${row.deal}:opened`,
      type: 'deal.opened',
      ...(row.openedOn !== undefined && { occurredAt: at(row.openedOn) }),
      attributes: { ...row.attributes, ...(firstStage && { stage: firstStage }) },
    });
  }
  if (row.meaning === 'opened' || row.closedOn === undefined) return events;
  const { currency } = ports;
  events.push({
    ...base,
    id: `${row.deal}:${row.meaning}`,
    type: row.meaning === 'won' ? 'deal.won' : 'deal.lost',
    occurredAt: at(row.closedOn),
    ...(row.meaning === 'won' && {
      amount: { amount: formatAmount(row.amountMinor, currency), currency },
    }),
    attributes: { ...row.attributes, stage: row.stage },
  });
  return events;
}

const openedStage = ({ stages }: Preset): string | undefined =>
  Object.keys(stages).find((stage) => stages[stage] === 'opened');
