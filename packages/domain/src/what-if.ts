import type { BoardDefinition } from './board.ts';
import type { Window } from './calendar.ts';
import type { Credit } from './credit.ts';
import type { Floor } from './floor.ts';
import type { Change } from './fold.ts';
import { OpenBoard, type BoardLine } from './open-board.ts';
import type { Instant, Scaled } from './types.ts';

/** Where somebody stands on a board; `null` of what is not on it. */
export interface Place {
  readonly rank: number | null;
  readonly value: Scaled | null;
}

/** What an event would do to one row of a board. */
export interface BoardEffect {
  readonly board: BoardDefinition;
  readonly window: Window;
  readonly entity: string;
  readonly before: Place;
  readonly after: Place;
}

type Moves = Pick<Change, 'removed' | 'added'>;

/** Takes back what an event did to a floor, so that it stands as before. */
export function undo(floor: Floor, { removed, added }: Moves): void {
  for (const credit of added) floor.takeBack(credit);
  for (const credit of removed) floor.give(credit);
}

/** Gives and takes them on the floor; `undo` is the way back. */
export function redo(floor: Floor, { removed, added }: Moves): void {
  for (const credit of removed) floor.takeBack(credit);
  for (const credit of added) floor.give(credit);
}

/**
 * What these credits, taken and given, do to the people and teams that they touch, on boards over
 * the windows that hold the credits. A window that is over is looked at as it ended. `floor` stands
 * as it did before the event and does so again afterwards; rows that do not move are left out.
 */
export function boardEffects(
  floor: Floor,
  moves: Moves,
  boards: readonly BoardDefinition[],
  now: Instant,
): BoardEffect[] {
  const credits = [...moves.removed, ...moves.added];
  return boards.flatMap((board) => {
    const windows = new Map(
      credits.map((credit) => {
        const window = floor.calendar.windowOf(board.period, credit.at);
        return [window.key, window] as const;
      }),
    );
    return [...windows.values()].flatMap((window) =>
      effectsIn(floor, moves, { board, window, at: Math.min(now, window.to - 1) }),
    );
  });
}

function effectsIn(
  floor: Floor,
  moves: Moves,
  { board, window, at }: { board: BoardDefinition; window: Window; at: Instant },
): BoardEffect[] {
  const clock = floor.clock;
  floor.clock = at;
  const open = new OpenBoard(board, floor);
  open.keepUp(floor);
  const entities = touched(floor, [...moves.removed, ...moves.added], board, window);
  const look = () => new Map(entities.map((id) => [id, placeOf(open, floor, id)]));
  const touch = () => {
    for (const credit of [...moves.removed, ...moves.added]) open.touch(floor, credit);
  };
  const before = look();
  redo(floor, moves);
  touch();
  const after = look();
  undo(floor, moves);
  floor.clock = clock;
  return entities.flatMap((entity) => {
    const [was, is] = [before.get(entity)!, after.get(entity)!];
    const same = was.rank === is.rank && was.value === is.value;
    return same ? [] : [{ board, window, entity, before: was, after: is }];
  });
}

function touched(
  floor: Floor,
  credits: readonly Credit[],
  { of }: BoardDefinition,
  window: Window,
): string[] {
  const inside = credits.filter((credit) => credit.at >= window.from && credit.at < window.to);
  const ids = inside.flatMap((credit) =>
    of === 'people' ? [credit.person] : floor.lineOf(credit.team),
  );
  return [...new Set(ids)];
}

function placeOf(open: OpenBoard, floor: Floor, id: string): Place {
  const around = open.linesAround(floor, id, 0);
  const line: BoardLine | undefined = around.lines[0];
  return line ? { rank: line.rank, value: line.value } : { rank: null, value: null };
}
