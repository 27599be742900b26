import { slugOf, type BoardOf, type PeriodKind } from '@ovation/domain';

/** A row of the floor as something that can be asked about. */
export interface FloorAsked {
  readonly entity: string;
  readonly name: string;
  /** The board that each column comes from. */
  readonly boards: {
    readonly today: string;
    readonly value: string;
    readonly activities: string;
  };
}

/** The boards of a floor, by their slugs. */
export const floorBoards = (of: BoardOf, period: PeriodKind): FloorAsked['boards'] => ({
  today: slugOf(of, 'revenue', 'day'),
  value: slugOf(of, 'revenue', period),
  activities: slugOf(of, 'activities', 'day'),
});
