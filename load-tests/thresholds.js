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
};
