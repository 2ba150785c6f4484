/** What became of a nudge, and when a limit ends, in words. Pure. */
import type { Limit, Nudge } from '../../../preload/contract/agent-nudges.ts';
import { inTime } from './present-restart.ts';

/** `At its limit; told to go on in 4 min 10 s, at 15:30`: the time early, a bar may be short. Undefined where it waits for none. */
export function limitWords(limit: Limit | undefined, nowMs: number): string | undefined {
  if (limit?.untilMs === undefined) return undefined;
  const at = new Date(limit.untilMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const when = `${inTime(limit.untilMs - nowMs)}, at ${at}`;
  return limit.isGuess
    ? `At its limit; tried again ${when}, as it did not say until when`
    : `At its limit; told to go on ${when}`;
}

const becameOf: Readonly<Record<Nudge['state'], string>> = {
  sending: 'on its way',
  sent: 'typed, and not on its screen yet',
  seen: 'on its screen, and not taken up yet',
  accepted: 'taken up',
  failed: 'not taken',
};

/** Who sent it, and what for. A kick is sent by hand, or by Musher after a crash. */
export const senderWords: Readonly<Record<Nudge['by'], string>> = {
  operator: 'Sent by you',
  limit: 'Sent when its limit was to end',
  kick: 'A kick, to go on after a start',
  watchdog: 'Sent as its context had grown large',
};

/** After the words that were typed. */
export function nudgeWords({ state, reason }: Pick<Nudge, 'state' | 'reason'>): string {
  return reason === undefined ? becameOf[state] : `${becameOf[state]}: ${reason}`;
}
