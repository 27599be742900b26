import { expect, it } from 'vitest';
import { clearance, confetti, HEIGHT, WIDTH } from './confetti.ts';

const FACE = { x: 94, y: 250, width: 450, height: 450, round: true };
const WORDS = { x: 790, y: 84, width: 800, height: 560, round: false };

it('throws the same for the same win, on every wall', () => {
  expect(confetti('source/1', [FACE])).toEqual(confetti('source/1', [FACE]));
  expect(confetti('source/1', [])).not.toEqual(confetti('source/2', []));
});

it('comes to rest beside face and words, never on them', () => {
  const pieces = confetti('source/1', [FACE, WORDS]);
  expect(pieces.length).toBeGreaterThan(100);
  for (const { x, y } of pieces) {
    expect(clearance(x, y, [FACE, WORDS])).toBeGreaterThan(36);
    expect(x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT).toBe(true);
  }
});
