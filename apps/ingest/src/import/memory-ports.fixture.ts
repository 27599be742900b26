import { Readable } from 'node:stream';
import type { AppendResult, ImportFile, ImportPorts, IncomingEvent } from './ports.ts';

/** An organisation in memory, and the calls that were made. */
export interface MemoryPorts extends ImportPorts {
  readonly events: Map<string, IncomingEvent>;
  readonly teams: Map<string, string | null>;
  readonly people: Map<string, string | null>;
  readonly batches: number[];
}

export function memoryPorts(options: { dryRun?: boolean; currency?: string } = {}): MemoryPorts {
  const events = new Map<string, IncomingEvent>();
  const teams = new Map<string, string | null>();
  const people = new Map<string, string | null>();
  const batches: number[] = [];
  const ensure = (rows: Map<string, string | null>, name: string, above: string | null) => {
    const created = !rows.has(name);
    rows.set(name, above);
    return Promise.resolve({ id: `id of ${name}`, created });
  };
  const appendOne = (event: IncomingEvent): AppendResult => {
    const known = events.get(event.id);
    if (known && JSON.stringify(known) !== JSON.stringify(event)) {
      return { ok: false, code: 'id_reused', detail: 'The id was used for another event.' };
    }
    events.set(event.id, event);
    return { ok: true, duplicate: known !== undefined };
  };
  return {
    events,
    teams,
    people,
    batches,
    currency: options.currency ?? 'USD',
    dryRun: options.dryRun ?? false,
    startOfDay: (isoDate) => `${isoDate}T00:00:00Z`,
    ensureTeam: (name, parent) => ensure(teams, name, parent),
    ensurePerson: (name, team) => ensure(people, name, team),
    append: (batch) => {
      batches.push(batch.length);
      return Promise.resolve(batch.map(appendOne));
    },
  };
}

/** A file of the given text, handed out in small parts so that rows and characters are cut. */
export function textFile(name: string, text: string): ImportFile {
  const bytes = Buffer.from(text);
  function* parts() {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  return { name, size: bytes.length, open: () => Readable.from(parts(), { objectMode: false }) };
}
