import { rounded } from '../lib/figures.mjs';
import { walls } from './walls.mjs';

const SCREENS = 50;
const PER_SECOND = 200;

/** Frames to walls while metrics are counted anew in the background, against calm. */
export async function recount(house, seconds) {
  const calm = await walls(house, { screens: SCREENS, perSecond: PER_SECOND, seconds });
  let open = true;
  let published = 0;
  const publish = async () => {
    while (open) {
      const definition = { kind: 'sum', of: 'amount', events: ['deal.won'] };
      const from = '2020-01-01';
      await house.call('POST', '/v1/metrics/revenue/versions', { definition, from });
      published += 1;
      for (;;) {
        const { rebuild } = await house.call('GET', '/v1/metrics/revenue');
        if (rebuild === null || !open) break;
      }
    }
  };
  const work = publish();
  const busy = await walls(house, { screens: SCREENS, perSecond: PER_SECOND, seconds });
  open = false;
  await work;
  return {
    perSecond: PER_SECOND,
    screens: SCREENS,
    changesCounted: published,
    calmP99Ms: calm.frameP99Ms,
    busyP99Ms: busy.frameP99Ms,
    busyToCalm: rounded(busy.frameP99Ms / calm.frameP99Ms, 2),
  };
}
