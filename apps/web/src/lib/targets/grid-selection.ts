/** A place in a grid, both counted from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** From where a selection was drawn, and to where; one cell is both. */
export interface Selection {
  readonly anchor: Place;
  readonly head: Place;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** Both edges belong to it. */
export interface Block {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const selectOne = (place: Place): Selection => ({ anchor: place, head: place });

const within = (value: number, length: number): number =>
  Math.min(Math.max(0, value), Math.max(0, length - 1));

export const clamped = ({ row, column }: Place, size: Size): Place => ({
  row: within(row, size.rows),
  column: within(column, size.columns),
});

/** The head moves; without `extend` the selection is that one cell. */
export function moved(
  selection: Selection,
  by: { readonly rows: number; readonly columns: number },
  size: Size,
  extend = false,
): Selection {
  const { row, column } = selection.head;
  const head = clamped({ row: row + by.rows, column: column + by.columns }, size);
  return extend ? { anchor: selection.anchor, head } : selectOne(head);
}

/** The next cell to type into, row by row as Tab goes; `null` past either end. */
export function following({ row, column }: Place, step: 1 | -1, size: Size): Place | null {
  const at = row * size.columns + column + step;
  if (at < 0 || at >= size.rows * size.columns) return null;
  return { row: Math.floor(at / size.columns), column: at % size.columns };
}

export const blockOf = ({ anchor, head }: Selection): Block => ({
  top: Math.min(anchor.row, head.row),
  left: Math.min(anchor.column, head.column),
  bottom: Math.max(anchor.row, head.row),
  right: Math.max(anchor.column, head.column),
});

export const inBlock = ({ row, column }: Place, block: Block): boolean =>
  row >= block.top && row <= block.bottom && column >= block.left && column <= block.right;

/** Every place of a block, row by row. */
export function placesOf(block: Block): Place[] {
  const places: Place[] = [];
  for (let row = block.top; row <= block.bottom; row++) {
    for (let column = block.left; column <= block.right; column++) places.push({ row, column });
  }
  return places;
}
