import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitmentOf, drawTickets, spinOf } from '@ovation/domain';
import { describe, expect, test } from 'vitest';

const command = join(fileURLToPath(import.meta.url), '..', 'verify-draw.mjs');

function verify(document: unknown, ...options: string[]) {
  const input = JSON.stringify(document);
  const { status, stdout } = spawnSync(process.execPath, [command, ...options, '-'], { input });
  return { status, said: stdout.toString().trim().split('\n') };
}

const seed = 'c0ffee'.padEnd(64, '7');
const commitment = commitmentOf(seed);
const tickets = [
  ['per_1', 3],
  ['per_2', 40],
  ['per_3', 1],
] as const;
const draw = drawTickets(seed, tickets, 4);

describe('the command that checks a draw', () => {
  test('finds the same winners by itself', () => {
    expect(verify({ contest: { commitment }, standing: { draw } })).toEqual({
      status: 0,
      said: [
        'yes  the seed is the one that was promised',
        'yes  the digest is that of the tickets',
        'yes  seed and tickets give these 4 in this order',
      ],
    });
  });

  test('says what does not hold, and fails', () => {
    const bought = { ...draw, tickets: [['per_1', 4], ...tickets.slice(1)] };
    expect(verify({ commitment, draw: bought }).status).toBe(1);
    const other = verify({ commitment, draw: drawTickets(`${seed.slice(0, -1)}8`, tickets, 4) });
    expect(other.status).toBe(1);
    expect(other.said[0]).toBe('NO   the seed is the one that was promised');
    const swapped = { ...draw, drawn: [...draw.drawn].reverse() };
    expect(verify({ commitment, draw: swapped }).said[2]).toMatch(/^NO /);
    expect(verify({ draw }).status).toBe(1);
    expect(verify({ draw }, '--commitment', commitment).status).toBe(0);
    expect(verify({ commitment }).status).toBe(1);
  });

  test('spins the wheel again', () => {
    const faces = [
      { factor: '1', weight: 3 },
      { factor: '2', weight: 1 },
    ];
    const spins = Array.from({ length: 20 }, (_, n) => {
      const face = spinOf(seed, `s/${n}`, [3, 1]);
      return [`s/${n}`, faces[face]!.factor] as const;
    });
    const contest = { commitment, definition: { rules: { kind: 'wheel', faces } } };
    expect(verify({ contest, seed, spins }).status).toBe(0);
    const luckier = [['s/0', spins[0]![1] === '1' ? '2' : '1'], ...spins.slice(1)];
    expect(verify({ contest, seed, spins: luckier }).status).toBe(1);
  });
});
