/** Playing the log: which event is shown next, and when. Pure. */

export const playSpeeds = [1, 2, 4, 8, 16, 32, 64] as const;
export type PlaySpeed = (typeof playSpeeds)[number];

/** Longer than this nothing happens between two events, in the log's own time: pauses are cut. */
export const longestPauseMs = 2_000;
/** Sooner than this nobody sees a picture: several events are one. */
export const shortestFrameMs = 120;

export interface PlayedEvent {
  readonly seq: number;
  readonly atMs: number;
}

export interface PlayFrame {
  readonly seq: number;
  /** Until it is shown, milliseconds of whoever looks. */
  readonly waitMs: number;
}

/** After the event that is shown; undefined when no later one is known. `events`: oldest first. */
export function nextFrame(
  events: readonly PlayedEvent[],
  shown: PlayedEvent,
  speed: number,
): PlayFrame | undefined {
  let waitMs = 0;
  let last = shown;
  let frame: PlayFrame | undefined;
  for (const event of events) {
    if (event.seq <= shown.seq) continue;
    const pauseMs = Math.min(Math.max(event.atMs - last.atMs, 0), longestPauseMs) / speed;
    if (frame !== undefined && waitMs + pauseMs > shortestFrameMs) break;
    waitMs += pauseMs;
    last = event;
    frame = { seq: event.seq, waitMs: Math.max(waitMs, shortestFrameMs) };
    if (waitMs >= shortestFrameMs) break;
  }
  return frame;
}
