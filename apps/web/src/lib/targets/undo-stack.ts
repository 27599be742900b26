/** What was done, step by step; each step can be taken back and done again. */
export interface UndoStack<T> {
  readonly done: readonly T[];
  readonly undone: readonly T[];
}

/** As far back as somebody remembers. */
const KEPT = 100;

export const NOTHING_DONE: UndoStack<never> = { done: [], undone: [] };

export const pushed = <T>(stack: UndoStack<T>, step: T): UndoStack<T> => ({
  done: [...stack.done, step].slice(-KEPT),
  undone: [],
});

/** The last step, and the stack without it. */
export function undo<T>(stack: UndoStack<T>): { step: T; stack: UndoStack<T> } | null {
  const step = stack.done.at(-1);
  if (step === undefined) return null;
  return { step, stack: { done: stack.done.slice(0, -1), undone: [...stack.undone, step] } };
}

/** The last step that was taken back. */
export function redo<T>(stack: UndoStack<T>): { step: T; stack: UndoStack<T> } | null {
  const step = stack.undone.at(-1);
  if (step === undefined) return null;
  return { step, stack: { done: [...stack.done, step], undone: stack.undone.slice(0, -1) } };
}
