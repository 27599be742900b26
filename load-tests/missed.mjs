import { THRESHOLDS } from './thresholds.js';

/** The goals that some figures miss, in words. */
export function missedBy(figures) {
  const { durable, weight, ranks, quotas, recount, contests, incentives } = figures;
  const walls = Object.values(figures).filter((one) => 'screens' in one && 'frames' in one);
  const t = THRESHOLDS;
  return [
    durable && durable.durableToBare < t.durableToBareRatioMin && 'durable to bare',
    durable && durable.durableToInsert < t.durableToInsertRatioMin && 'durable to insert',
    ...walls.map((one) => one.frameP99Ms > t.frameP99Ms && `frames at ${one.perSecondAsked}/s`),
    weight && weight.scriptBytesGzip > t.wallScriptBytesMax && 'weight of the wall',
    ranks?.redisToIndex && ranks.redisToIndex < t.redisToIndexMin && 'ranks against Redis',
    ranks && ranks.sortToIndex < t.sortToIndexMin && 'ranks against sorting',
    quotas && quotas.rebuildMs > t.quotaRebuildMsMax && 'rebuilding standings',
    quotas && quotas.perEventP99Ms > t.quotaPerEventMsMax && 'standings per event (p99)',
    recount && recount.busyToCalm > t.recountToCalmMax && 'frames while a metric is counted anew',
    contests && contests.busyToCalm > t.contestsToCalmMax && 'frames while contests go on',
    contests && contests.backtestMs > t.backtestMsMax && 'replaying a draft',
    contests && contests.finishedToNone > t.finishedToNoneMax && 'events after contests',
    incentives && incentives.exactToFloat > t.exactToFloatMax && 'exact pay against floats',
    incentives && incentives.tenTimesPeople > t.tenTimesPeopleMax && 'pay of ten times the people',
    incentives &&
      incentives.perDealP99ToPerson > t.perDealP99ToPersonMax &&
      'pay of one more deal (p99)',
  ].filter((one) => typeof one === 'string');
}
