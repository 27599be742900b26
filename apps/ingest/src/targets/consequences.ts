import type { EventBody } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { ConsequenceAnswer, PutConsequence } from '@ovation/protocol';
import { lockConsequence, removeConsequence, saveConsequence } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { mustKnowMetric } from '../history/metrics.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { mustBePeriod } from '../targets.ts';

type Change = EventBody & { was: ConsequenceAnswer | null };

/** Says what happens at so many percent of a target, or changes what was said. */
export async function putConsequence(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: PutConsequence,
): Promise<ConsequenceAnswer> {
  const { metric } = await mustKnowMetric(deps, orgId, input.metric);
  const { atPercent, text, texts = {} } = input;
  const now = {
    id: input.id ?? newId('cns'),
    metric: metric.id,
    period: mustBePeriod(input.period),
    atPercent,
    text,
    texts,
  };
  return writeSettings(deps, orgId, author, async (tx) => {
    const was = (await lockConsequence(tx, orgId, now.id)) ?? null;
    if (was === null && input.id !== undefined) throw unknown();
    await saveConsequence(tx, orgId, now);
    const change: Change = { type: 'consequence.set', subject: now.id, now: { ...now }, was };
    return { value: now, events: [change] };
  });
}

export async function deleteConsequence(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockConsequence(tx, orgId, id);
    if (!was) throw unknown();
    await removeConsequence(tx, orgId, id);
    const change: Change = { type: 'consequence.set', subject: id, now: null, was };
    return { value: undefined, events: [change] };
  });
}

const unknown = () => new ProblemError('not_found', 'There is no such consequence.');
