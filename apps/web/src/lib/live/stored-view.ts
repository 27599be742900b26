import type { BoardView } from '@ovation/protocol';

/** Raised when the stored form changes, so that an old one is passed over. */
const FORM = 1;

const keyOf = (name: string): string => `ovation.board.${FORM}.${name}`;

/** The last view this browser kept; `null` where there is none or it cannot be read. */
export function readStored(name: string): BoardView | null {
  try {
    const text = localStorage.getItem(keyOf(name));
    return text === null ? null : (JSON.parse(text) as BoardView);
  } catch {
    return null;
  }
}

/** A full or closed store only means that the next start begins empty. */
export function writeStored(name: string, view: BoardView): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(view));
  } catch {
    return;
  }
}
