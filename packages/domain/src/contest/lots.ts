import type { Instant } from '../types.ts';
import type { ContestDefinition } from './definition.ts';
import { graceEnd } from './state.ts';

type Contest = Pick<ContestDefinition, 'rules' | 'from' | 'to' | 'graceHours'>;

/** Whether something in a contest is left to chance, so that it needs a seed. */
export function drawsLots({ rules }: Pick<ContestDefinition, 'rules'>): boolean {
  if (rules.kind === 'raffle' || rules.kind === 'wheel') return true;
  return 'seeding' in rules && rules.seeding === 'draw';
}

/**
 * From when the seed may be used. Pairings and spins are made with it while the contest goes on;
 * tickets are drawn when late events are over, so that nobody sees a draw that changes.
 */
export function seedUsedFrom(contest: Contest): Instant {
  return contest.rules.kind === 'raffle' ? graceEnd(contest) : contest.from;
}
