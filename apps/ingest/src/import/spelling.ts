/** What two spellings of a name have in common: "GTXPro" and "gtx pro" give the same. */
export const spellingKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');

const TYPOS_MAX = 2;

/** The known word that this one is probably meant to be, if it is none itself but close to one. */
export function meantWord(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  if (lower === '' || known.includes(lower)) return undefined;
  return known.find((one) => distance(lower, one) <= TYPOS_MAX);
}

/** Levenshtein distance: letters to add, drop or change. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const edit = Math.min(above[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(change, edit));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
