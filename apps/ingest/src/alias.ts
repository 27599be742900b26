/** One spelling for all spellings of the same word for somebody. */
export function canonicalAlias(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Entries kept before the cache begins again. */
const CACHED_MAX = 100_000;

/** What sources' words mean, remembered; forgotten when an organisation's people change. */
export class AliasCache {
  readonly #known = new Map<string, string>();

  get(orgId: string, sourceId: string, alias: string): string | undefined {
    return this.#known.get(`${orgId}|${sourceId}|${alias}`);
  }

  set(orgId: string, sourceId: string, alias: string, subject: string): void {
    if (this.#known.size >= CACHED_MAX) this.#known.clear();
    this.#known.set(`${orgId}|${sourceId}|${alias}`, subject);
  }

  forget(): void {
    this.#known.clear();
  }
}
