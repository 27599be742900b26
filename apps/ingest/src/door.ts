import { createHash } from 'node:crypto';
import type { Result, Fault, OrganisationSettings } from '@ovation/domain';
import { newId } from '@ovation/host';
import { resolveAliases } from '@ovation/store';
import { AliasCache, canonicalAlias } from './alias.ts';
import { hashOf } from './canonical.ts';
import { checkEvent, type CheckedEvent } from './check-event.ts';
import type { IngestDeps } from './deps.ts';
import { Lane, type LaneEvent } from './lane.ts';
import { RulesCache } from './rules.ts';

/** Whose events they are. */
export interface Sender {
  readonly orgId: string;
  readonly sourceId: string;
  /** Bulk history: counted, not celebrated. */
  readonly quiet?: boolean;
}

export interface Stored {
  readonly id: string;
  readonly seq: number;
  readonly duplicate: boolean;
}
export type Refusal = {
  readonly fault: Fault;
  readonly kind: 'refused' | 'conflict' | 'unavailable';
};
export type Verdict = Stored | Refusal;

/** The one door through which events come in: checked, resolved, and durable when it answers. */
export class Door {
  readonly #deps: IngestDeps;
  readonly #lanes: readonly Lane[];
  readonly aliases = new AliasCache();
  /** What organisations decided, for whoever judges by it; forget what you change. */
  readonly rules: RulesCache;

  constructor(deps: IngestDeps) {
    this.#deps = deps;
    this.rules = new RulesCache(deps);
    this.#lanes = deps.lanes.map((sql) => new Lane(sql, deps.bus));
  }

  /** Checks events of one source and puts them into the log's form; nothing is stored yet. */
  async prepare(caller: Sender, sent: readonly unknown[]): Promise<Result<LaneEvent>[]> {
    const context = {
      rules: await this.rules.of(caller.orgId),
      now: this.#deps.clock.now(),
      sourceId: caller.sourceId,
    };
    const checked = sent.map((one) => checkEvent(one, context));
    const subjects = await this.#subjects(caller, checked);
    return checked.map((one) => (one.ok ? laneEvent(caller, one.value, subjects) : one));
  }

  /** Takes events of one source; each gets its own verdict, in the same order. */
  async take(caller: Sender, sent: readonly unknown[]): Promise<Verdict[]> {
    const ready = await this.prepare(caller, sent);
    const good = ready.flatMap((one) => (one.ok ? [one.value] : []));
    const answers = await this.#laneOf(caller.orgId).submit(good);
    let next = 0;
    return ready.map((one) => {
      if (!one.ok) return { kind: 'refused', fault: one.fault };
      const answer = answers[next]!;
      next += 1;
      if ('fault' in answer) return answer.fault === 'poison' ? POISON : UNAVAILABLE;
      if (answer.conflict) return CONFLICT;
      return { id: one.value.row.eventId, seq: answer.seq, duplicate: answer.duplicate };
    });
  }

  async settingsOf(orgId: string): Promise<OrganisationSettings> {
    return (await this.rules.of(orgId)).settings;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  #laneOf(orgId: string): Lane {
    const byte = createHash('sha256').update(orgId).digest()[0]!;
    return this.#lanes[byte % this.#lanes.length]!;
  }

  async #subjects(
    caller: Sender,
    checked: readonly Result<CheckedEvent>[],
  ): Promise<Map<string, string>> {
    const words = new Set(
      checked.flatMap((one) =>
        one.ok ? (one.value.credits ?? []).map((credit) => canonicalAlias(credit.person)) : [],
      ),
    );
    const { orgId, sourceId } = caller;
    const found = new Map<string, string>();
    const unknown: string[] = [];
    for (const word of words) {
      const subject = this.aliases.get(orgId, sourceId, word);
      if (subject === undefined) unknown.push(word);
      else found.set(word, subject);
    }
    const { sql } = this.#deps;
    const read = await resolveAliases(sql, orgId, sourceId, unknown, () => newId('unm'));
    for (const [word, subject] of read) {
      found.set(word, subject);
      this.aliases.set(orgId, sourceId, word, subject);
    }
    return found;
  }
}

const POISON: Refusal = {
  kind: 'refused',
  fault: { code: 'not_storable', detail: 'The database refused this event.' },
};
const UNAVAILABLE: Refusal = {
  kind: 'unavailable',
  fault: { code: 'unavailable', detail: 'The log cannot be written now. Send it again.' },
};
const CONFLICT: Refusal = {
  kind: 'conflict',
  fault: {
    code: 'id_taken',
    detail: 'This id is known with another content. Send a correction under a new id.',
    pointer: '/id',
  },
};

function laneEvent(
  caller: Sender,
  event: CheckedEvent,
  subjects: ReadonlyMap<string, string>,
): Result<LaneEvent> {
  const credits = (event.credits ?? []).map(({ person, share }) => ({
    person: subjects.get(canonicalAlias(person))!,
    share,
  }));
  if (new Set(credits.map((credit) => credit.person)).size < credits.length) {
    const detail = 'Two of the credits are for the same person. Make them one.';
    return { ok: false, fault: { code: 'person_twice', detail, pointer: '/credits' } };
  }
  const quiet = caller.quiet && event.isFact ? { quiet: true } : {};
  const body = { ...(event.credits === null ? {} : { credits }), ...event.rest, ...quiet };
  const row = {
    orgId: caller.orgId,
    sourceId: caller.sourceId,
    eventId: event.id,
    type: event.type,
    occurredAt: event.occurredAt === null ? null : new Date(event.occurredAt).toISOString(),
    body: JSON.stringify(body),
    bodyHash: hashOf(event.sent),
  };
  return { ok: true, value: { row, body } };
}
