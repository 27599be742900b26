import { spellingKey } from './spelling.ts';

export interface TeamMember {
  readonly person: string;
  readonly manager: string;
  readonly office: string;
}

/** What the small files say, read before the pipeline. Empty where a file was not given. */
export class Lookups {
  readonly members = new Map<string, TeamMember>();
  /** Spelling key → name and series. */
  readonly products = new Map<string, { readonly product: string; readonly series: string }>();
  /** Spelling key → name and sector. */
  readonly accounts = new Map<string, { readonly account: string; readonly sector: string }>();

  productOf(name: string) {
    return this.products.get(spellingKey(name));
  }

  accountOf(name: string) {
    return this.accounts.get(spellingKey(name));
  }
}
