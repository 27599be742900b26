import type { ContestFinding } from '@ovation/protocol';
import { faultText } from '$lib/desk/fault-text.ts';
import { words } from '$lib/desk/words.ts';

/** What is wrong, in the reader's language. */
export function faultSentence(finding: ContestFinding | undefined): string | undefined {
  return finding && faultText(finding, words());
}

/** What is worth a thought, in the reader's language; without words for it, as it was said. */
export function warningSentence({ code, detail, values }: ContestFinding): string {
  const tr = words();
  const key = `warn-${code}` as 'warn-one';
  const said = tr.t(key, ...([values ?? {}] as unknown as []));
  return said === key ? detail : said;
}
