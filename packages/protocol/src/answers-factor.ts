/** What the API answers about second factors. */

/** `GET /v1/second-factor`. */
export interface SecondFactorAnswer {
  /** `begun`: its secret was shown, and no code was given yet. */
  readonly state: 'off' | 'begun' | 'on';
  readonly since: string | null;
  /** Recovery codes that are unused. */
  readonly recoveryLeft: number;
  /** Until when this session needs no further code; `null`: it needs one. */
  readonly freshUntil: string | null;
  /** Whether the account has a password, which is then asked for before one is set up. */
  readonly password: boolean;
}

/** `POST /v1/second-factor`: shown once, and nowhere else. */
export interface SecondFactorSecret {
  /** For the authenticator: `otpauth://totp/…`. */
  readonly uri: string;
  /** The same secret to type in, in base 32. */
  readonly secret: string;
}

/** `POST /v1/second-factor/confirm`: recovery codes, shown once. */
export interface SecondFactorCodes {
  readonly recovery: readonly string[];
}

/** One of `GET /v1/second-factors`: somebody with an account who approves pay. */
export interface FactorHolderAnswer {
  readonly user: { readonly id: string; readonly name: string };
  readonly email: string;
  readonly role: 'owner' | 'manager' | 'rep';
  /** Since when the second factor counts; `null`: there is none. */
  readonly since: string | null;
  /** Whether the caller may reset it now: it is on, and not their own. */
  readonly may: { readonly reset: boolean };
}
