/** Whether an agent whose conversation was taken up again is told to go on. Pure. */
import type { KickWish } from './ports.ts';

export interface Kickable {
  readonly state: string;
  readonly session: number;
  readonly paused?: object | undefined;
  readonly isHooked?: boolean | undefined;
  readonly hook?: { readonly event: string } | undefined;
  readonly launchedMs?: number | undefined;
  readonly conversation?: { readonly how: string } | undefined;
  readonly restart?: { readonly session?: number | undefined; readonly tries: number } | undefined;
}

export interface KickAsk {
  readonly agent: Kickable;
  readonly wish: KickWish;
  readonly isWakeable: boolean;
  readonly kickedIn: number | undefined;
  readonly nowMs: number;
}

/** Without a hook that says that it has begun, it is taken to be at its prompt after this long, milliseconds. */
const readyMs = 20_000;
/** Later than this, whatever is to be said is the operator's to say, milliseconds. */
const lateMs = 5 * 60_000;

/** Once in a session, and only of a conversation that there was before: a new one has its first prompt. */
export function isToKick({ agent, wish, isWakeable, kickedIn, nowMs }: KickAsk): boolean {
  const { state, session, paused, conversation, launchedMs = nowMs } = agent;
  if (wish === 'never' || !isWakeable || state !== 'running' || paused !== undefined) return false;
  if (kickedIn === session || conversation === undefined || conversation.how === 'new')
    return false;
  // Who works already, or waits, needs no word.
  if (agent.hook !== undefined && agent.hook.event !== 'idle') return false;
  const ageMs = nowMs - launchedMs;
  const isReady = agent.isHooked === true || ageMs >= readyMs;
  return isReady && ageMs < lateMs && (wish === 'always' || wasStartedByItself(agent));
}

/** By its restart policy, after its program had ended. */
function wasStartedByItself({ session, restart }: Kickable): boolean {
  return restart !== undefined && restart.tries > 0 && restart.session === session - 1;
}
