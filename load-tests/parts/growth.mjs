import { applyEvent, BEGINNING, Floor, OpenBoard, PERIODS, plainBoard } from '@ovation/domain';
import { rounded } from '../lib/figures.mjs';
import { base, book, staff, START, win } from './made-up.mjs';

const EVENTS = 4_000;
/** Under load boards are told a few times a second: once in so many events. */
const TOLD_EVERY = 25;

/** Microseconds an event costs on a floor of so many people, own metrics and watched boards. */
function cost({ people, metrics, boards }) {
  const floor = new Floor();
  const groups = book();
  for (const event of staff(people)) applyEvent(floor, groups, event);
  let seq = people;
  for (let n = 0; n < metrics; n += 1) {
    seq += 1;
    const definition = {
      kind: 'count',
      events: ['deal.won'],
      where: [{ field: 'attributes.product', is: [`p${n}`] }],
    };
    const metric = { id: `met_${n}`, unit: 'count', better: 'higher', class: null };
    const version = { version: 1, from: BEGINNING, definition };
    applyEvent(floor, groups, { ...base(seq, 'metric.published', START), metric, version });
    for (const set of floor.measures.building()) floor.finish(set);
  }
  const kinds = ['revenue', 'deals', 'average-deal', 'win-rate'];
  const watched = Array.from({ length: boards }, (_, n) => {
    const period = PERIODS[n % PERIODS.length];
    const board = new OpenBoard(plainBoard('people', kinds[n % kinds.length], period), floor);
    board.keepUp(floor);
    board.lines(floor, 10);
    return board;
  });
  const from = performance.now();
  for (let n = 0; n < EVENTS; n += 1) {
    const event = { ...win((seq += 1), people), attributes: { product: 'p1' } };
    const change = applyEvent(floor, groups, event);
    for (const board of watched) {
      for (const credit of change.added) board.touch(floor, credit);
      if (n % TOLD_EVERY === 0) board.lines(floor, 10);
    }
  }
  return rounded(((performance.now() - from) * 1_000) / EVENTS);
}

/** How the cost of an event grows with people, metrics and boards, each alone. */
export function growth() {
  const plain = { people: 100, metrics: 1, boards: 2 };
  cost(plain);
  const grown = (what, factors) =>
    Object.fromEntries(
      factors.map((times) => [times, cost({ ...plain, [what]: plain[what] * times })]),
    );
  return {
    plain,
    people: grown('people', [1, 10, 100, 1_000]),
    metrics: grown('metrics', [1, 10, 100]),
    boards: grown('boards', [1, 10, 100]),
  };
}
