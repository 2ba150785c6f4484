/** The numbers of the cluster that who has no schemas needs as well: the command line starts without them. */

/** A heartbeat is written each so many milliseconds. */
const heartbeatMs = 15_000;

export const clusterTimes = {
  heartbeatMs,
  /** Not heard for longer than this, a node is shown as lost, milliseconds. */
  lostAfterMs: 3 * heartbeatMs,
  /** A story of a node that was not heard for longer goes to another, milliseconds. Each heartbeat renews it. */
  claimMs: 1_800_000,
  /** As a node: how often it looks for stories though nothing changed, milliseconds. */
  scanMs: 15_000,
  /** Clocks that differ by more than this are told, milliseconds. */
  skewTold: 60_000,
} as const;
