/**
 * What must hold, for k6 and for the runner alike. Times are of the machine they are measured on;
 * ratios are against a yardstick of the same run, so they hold on any.
 */
export const THRESHOLDS = {
  /** Single durable posts against the same posts that store nothing. */
  durableToBareRatioMin: 0.1,
  /** … and against one insert for each request. */
  durableToInsertRatioMin: 0.5,
  /** From the commit of the newest event in a frame to its arrival. */
  frameP99Ms: 1_000,
  /** Share of posts that may fail. */
  failedMax: 0.001,
  /** JavaScript that a wall loads before it shows its first board, compressed. */
  wallScriptBytesMax: 90 * 1024,
  /** Redis' time for an update with its rank among 100,000 against ours, and sorting's. */
  redisToIndexMin: 30,
  sortToIndexMin: 1_000,
  /** Standings of 1,000 people with 3 targets over 500,000 sales, and of one more sale. */
  quotaRebuildMsMax: 500,
  quotaPerEventMsMax: 2,
  /** Frames while a metric is counted anew, against calm. */
  recountToCalmMax: 2,
  /** Frames while 200 contests of 1,000 people go on, against calm; and a draft on 12 weeks. */
  contestsToCalmMax: 2,
  backtestMsMax: 5_000,
  /** An event on a floor with 200 contests behind it, against none. */
  finishedToNoneMax: 1.5,
  /** Pay worked out exactly against the same in floats; ten times the people against one. */
  exactToFloatMax: 40,
  tenTimesPeopleMax: 12,
  /** A deal foretold and taken (p99) against counting all deals of one person. */
  perDealP99ToPersonMax: 20,
};
