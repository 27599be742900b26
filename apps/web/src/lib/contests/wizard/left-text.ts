const keyOf = (id: string): string => `draft:${id}`;

/** Notes what was typed last as the page goes; in this tab, and only until it is read. */
export function leaveText(id: string, text: string): void {
  try {
    sessionStorage.setItem(keyOf(id), text);
  } catch {
    // No room, or not allowed: what was sent on leaving has to do.
  }
}

/** What was noted as the page went, once; `undefined` when there is nothing. */
export function takeLeftText(id: string): string | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(id)) ?? undefined;
    sessionStorage.removeItem(keyOf(id));
    return text;
  } catch {
    return undefined;
  }
}
