import { expect, it } from 'vitest';
import { changeBins, drawnBins } from './change-bins.ts';

it('counts who loses, keeps and gains, in steps of one width', () => {
  const bins = changeBins(['-120.00', '0.00', '0.00', '90.00', '100.00', '101.00', '580.00']);
  expect(bins.map(({ from, to, count }) => [from, to, count])).toEqual([
    [-200, -100, 1],
    [-100, 0, 0],
    [0, 0, 2],
    [0, 100, 2],
    [100, 200, 1],
    [200, 300, 0],
    [300, 400, 0],
    [400, 500, 0],
    [500, 600, 1],
  ]);
  expect(bins.map(({ side }) => side).slice(1, 4)).toEqual(['worse', 'same', 'better']);
});

it('has one bin where nobody’s pay changes, and none without people', () => {
  expect(changeBins(['0.00', '0.00'])).toEqual([{ from: 0, to: 0, count: 2, side: 'same' }]);
  expect(changeBins([])).toEqual([]);
});

it('draws the fullest bin to the top', () => {
  const frame = { width: 100, height: 60, top: 10, right: 0, bottom: 10, left: 0 };
  const drawn = drawnBins(changeBins(['1', '2', '2', '0']), frame);
  expect(Math.min(...drawn.map(({ y }) => y))).toBe(10);
});
