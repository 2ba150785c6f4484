/** What is to come of an agent that is started again by itself, in words. Pure. */
import type { Restart } from '../../../preload/contract/agent-restarts.ts';
import type { RestartPolicy } from '../../../preload/contract/agent-wishes.ts';

/** After `When it ends by itself`. */
export const policyWords: Readonly<Record<RestartPolicy, string>> = {
  never: 'leave it stopped',
  'on-failure': 'start it again after a failure',
  always: 'always start it again',
};

export const policies = Object.keys(policyWords) as readonly RestartPolicy[];

/** `restarts in 8 s (try 3 of 10)`; undefined where nothing is to come, and nothing was given up. */
export function restartWords(restart: Restart | undefined, nowMs: number): string | undefined {
  if (restart === undefined) return undefined;
  const { tries, ofTries, nextMs, isGivenUp } = restart;
  if (isGivenUp) return `given up after ${tries} restarts`;
  if (nextMs === undefined) return undefined;
  return `restarts ${inTime(nextMs - nowMs)} (try ${tries} of ${ofTries})`;
}

/** From here on nobody counts seconds. */
const longSeconds = 600;

/** `in 4 min 10 s`, `in 2 h 5 min`; `now` when it is over. */
export function inTime(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  if (seconds <= 0) return 'now';
  if (seconds < 60) return `in ${seconds} s`;
  if (seconds >= longSeconds) return `in ${hoursOf(Math.ceil(seconds / 60))}`;
  const rest = seconds % 60;
  return `in ${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

function hoursOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
