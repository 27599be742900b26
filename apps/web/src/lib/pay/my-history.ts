import type { DisputeAnswer, StatementPaperAnswer } from '@ovation/protocol';

/** Something that happened to a statement. */
export interface StatementStep {
  readonly at: string;
  readonly what: 'issued' | 'approved' | 'questioned' | 'accepted' | 'declined' | 'withdrawn';
  readonly by: DisputeAnswer['by'];
  /** What was asked or answered. */
  readonly text: string | null;
  readonly line: string | null;
}

/** What happened to a statement, the oldest first. */
export function historyOf(
  of: Pick<StatementPaperAnswer, 'issuedAt' | 'issuedBy' | 'approvals' | 'disputes'>,
): StatementStep[] {
  const none = { text: null, line: null };
  const steps: StatementStep[] = of.approvals.map(({ at, by }) => ({
    ...{ at, by, what: 'approved' as const },
    ...none,
  }));
  if (of.issuedAt) steps.push({ at: of.issuedAt, what: 'issued', by: of.issuedBy, ...none });
  for (const { at, by, text, line, state, decidedAt, decidedBy, answer } of of.disputes) {
    steps.push({ at, what: 'questioned', by, text, line });
    if (state !== 'open' && decidedAt) {
      steps.push({ at: decidedAt, what: state, by: decidedBy, text: answer, line });
    }
  }
  return steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
