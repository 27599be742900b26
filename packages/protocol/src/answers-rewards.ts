import type { BadgeIcon } from '@ovation/domain';
import type { Named } from './socket-events.ts';

/** `GET /v1/rewards`, each of `rewards`. */
export interface RewardAnswer {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly icon: BadgeIcon;
  /** Points. */
  readonly price: number;
  /** Exact decimal in the organisation’s currency; `null` for who need not know. */
  readonly cost: { readonly amount: string; readonly currency: string } | null;
  /** How many are left; `null` for as many as are wanted. */
  readonly stock: number | null;
  readonly perPerson: number | null;
  readonly active: boolean;
  /** How many the caller has or waits for. */
  readonly mine: number;
}

export type RedemptionStateName = 'requested' | 'approved' | 'fulfilled' | 'declined' | 'cancelled';

/** `GET /v1/redemptions`, each of `redemptions`. */
export interface RedemptionAnswer {
  readonly id: string;
  readonly reward: Named & { readonly icon: BadgeIcon };
  readonly person: Named;
  readonly price: number;
  readonly state: RedemptionStateName;
  readonly requestedAt: string;
  readonly settledAt: string | null;
  readonly settledBy: string | null;
  readonly reason: string | null;
}

/** Money that rewards cost. Exact decimals in the organisation’s currency. */
export interface RewardCosts {
  readonly currency: string;
  /** Oldest first: fulfilled in the month, and asked for in it and still open. */
  readonly months: readonly CostLine[];
  readonly teams: readonly (CostLine & { readonly team: Named | null })[];
  /** By who fulfilled; what is open is nobody’s yet. */
  readonly managers: readonly (CostLine & { readonly user: string })[];
  readonly total: CostLine;
}

export interface CostLine {
  /** First instant of the month, or of all months. */
  readonly from: string;
  readonly fulfilled: string;
  readonly pending: string;
  /** Points that were paid for it. */
  readonly points: number;
}

export type WalletEntryKind =
  | 'prize'
  | 'badge'
  | 'kudos'
  | 'grant'
  | 'redeem'
  | 'refund'
  | 'stake'
  | 'won'
  | 'returned'
  | 'taken_back';

/** `GET /v1/wallet`. */
export interface WalletAnswer {
  readonly person: Named;
  readonly balance: number;
  /** Ever earned, spent or not, and the level that it makes. */
  readonly earned: number;
  readonly level: { readonly level: number; readonly from: number; readonly next: number };
  /** Newest first. */
  readonly entries: readonly WalletLine[];
  readonly next: string | null;
}

export interface WalletLine {
  readonly id: number;
  readonly kind: WalletEntryKind;
  readonly points: number;
  /** What was to be taken back and had been spent. */
  readonly short: number;
  readonly at: string;
  /** The badge, reward, contest or rival that it is for. */
  readonly about: Named | null;
  /** Who gave it. */
  readonly by: Named | null;
  /** What they said. */
  readonly text: string | null;
}

/** `POST /v1/wallet/grants`: what is left of the giver’s month. */
export interface GrantAnswer {
  readonly points: number;
  readonly left: number;
}

/** `GET /v1/wallet/budgets`, each of `budgets`. */
export interface BudgetAnswer {
  readonly user: { readonly id: string; readonly name: string };
  readonly role: 'owner' | 'manager';
  /** Points a month. */
  readonly points: number;
  /** Whether it is their own, or that of the rules. */
  readonly own: boolean;
  /** Granted in this month. */
  readonly used: number;
  readonly me: boolean;
}

/** `GET /v1/play/rules`. */
export interface PlayRulesAnswer {
  readonly kudosPointsMost: number;
  readonly kudosPointsMonth: number;
  readonly grantPointsMonth: number;
  readonly duels: boolean;
  readonly duelStakeMost: number;
}
