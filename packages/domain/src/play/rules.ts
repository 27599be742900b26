/** How much points an organisation lets its people give and stake. */
export interface PlayRules {
  /** Points with one kudos at most; 0: kudos carry none. */
  readonly kudosPointsMost: number;
  /** Points with kudos that one user gives in a month at most. */
  readonly kudosPointsMonth: number;
  /** Points that one manager may grant in a month, where they have no budget of their own. */
  readonly grantPointsMonth: number;
  /** Whether people may challenge each other. */
  readonly duels: boolean;
  /** Points that each of two may stake at most; 0: duels are for honour. */
  readonly duelStakeMost: number;
}

export const DEFAULT_PLAY_RULES: PlayRules = {
  kudosPointsMost: 20,
  kudosPointsMonth: 100,
  grantPointsMonth: 1_000,
  duels: true,
  duelStakeMost: 100,
};
