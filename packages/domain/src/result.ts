/** What a user or a sender can cause is returned as a value; what only a bug can cause is thrown. */
export type Result<T, F = Fault> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: F };

/** A refusal in terms its causer can act on. */
export interface Fault {
  /** Stable, machine-readable: `share_sum`, `unknown_currency`, … */
  readonly code: string;
  /** One sentence that says what is wrong and what to do. */
  readonly detail: string;
  /** JSON pointer (RFC 6901) into what was sent. */
  readonly pointer?: string;
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = (
  code: string,
  detail: string,
  pointer?: string,
): { readonly ok: false; readonly fault: Fault } => ({
  ok: false,
  fault: pointer === undefined ? { code, detail } : { code, detail, pointer },
});
