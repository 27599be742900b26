import { expect, test } from 'vitest';
import { qrPath } from './qr.ts';

test('a code has its three corners inside a light border of four squares', () => {
  const { size, path } = qrPath('otpauth://totp/Ovation:olga?secret=JBSWY3DPEHPK3PXP');
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  const at = (x: number, y: number) => dark.has(`${x} ${y}`);
  const far = size - 4 - 7;
  for (const [x, y] of [
    [4, 4],
    [far, 4],
    [4, far],
  ] as const) {
    const row = Array.from({ length: 7 }, (_, step) => at(x + step, y));
    expect(row).toEqual(Array.from({ length: 7 }, () => true));
    expect(at(x + 1, y + 1)).toBe(false);
    expect(at(x + 3, y + 3)).toBe(true);
  }
  const border = [...dark].filter((square) =>
    square.split(' ').some((part) => Number(part) < 4 || Number(part) >= size - 4),
  );
  expect(border).toEqual([]);
});
