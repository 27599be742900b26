/** Uniform in [0, 1): mulberry32, from an FNV-1a hash of the seed. Not for secrets. */
export function randomOf(seed: string | number): () => number {
  let state = 0x811c9dc5;
  for (const letter of String(seed)) {
    state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
