import type { DisputeAnswer, PayEntryAnswer, PayTrace, StatementAnswer } from './answers-pay.ts';
import type { PayDeals } from './answers-pay-me.ts';
import type { Named } from './socket-events.ts';

/** `GET /v1/pay/disputes`, each of `disputes`: the open ones first, the longest open on top. */
export interface DisputeCaseAnswer extends DisputeAnswer {
  readonly person: Named;
  readonly statement: {
    readonly id: string;
    readonly period: string;
    readonly number: number;
    readonly state: StatementAnswer['state'];
    readonly currency: string;
  };
  /** The line that is questioned, and how it came about. */
  readonly questioned: PayEntryAnswer | null;
  readonly trace: PayTrace | null;
  /** What the deals of the line are called. */
  readonly deals: PayDeals;
  /** The entry that it ended in. */
  readonly ended: PayEntryAnswer | null;
}

/** `GET /v1/pay/holds`, each of `holds`: what is not paid out for now. */
export interface PayHoldAnswer {
  readonly id: string;
  readonly person: Named;
  /** Neither entry nor deal: all that is payable to the person. */
  readonly entry: PayEntryAnswer | null;
  readonly deal: string | null;
  /** What of the entry is held; `null` where all pay of the person is. */
  readonly amount: string | null;
  readonly currency: string;
  readonly reason: string;
  /** The first date on which it holds no longer; `null`: until it is released. */
  readonly until: string | null;
  /** Whether it holds today. */
  readonly on: boolean;
  readonly by: Named | null;
  readonly at: string;
  readonly releasedAt: string | null;
  readonly releasedBy: Named | null;
  readonly releaseReason: string | null;
}
