/** The smallest type that is read from the door, rem. */
const LEAST = 3.6;
/** How wide a bold letter of a name is on average, of its size. */
const LETTER = 0.58;

/** Size of type, rem, in which a name fits into `room` rem; as large as `most` where it may. */
export function nameSize(name: string, most: number, room: number): number {
  const fitting = room / (LETTER * Array.from(name).length);
  return Math.max(LEAST, Math.min(most, Math.floor(fitting * 10) / 10));
}

/** How wide a figure or a letter beside it is, of its size. */
const FIGURE = 0.58;
const BESIDE = 0.5;

/** Whether a row has room, rem, for a name, its figure and words beside it. */
export function hasRoom(
  row: { readonly name: string; readonly value: string; readonly beside: string },
  room: number,
): boolean {
  const name = LEAST * LETTER * Array.from(row.name).length;
  const value = 4.4 * FIGURE * Array.from(row.value).length;
  const beside = LEAST * BESIDE * Array.from(row.beside).length;
  return name + value + beside <= room;
}
