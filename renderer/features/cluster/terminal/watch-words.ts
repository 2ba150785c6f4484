/** What is said below a terminal of a node. Pure. */
import type { StoryNodeNow } from '../../../../preload/contract/story-facts.ts';
import { isAway, sayAway } from '../../../../preload/contract/say-node-work.ts';
import { sayError } from '../../../ui/say-error.ts';
import type { SessionState, WatchedSaid } from '../../terminals/index.ts';

export interface WatchScene {
  readonly now: StoryNodeNow;
  readonly nowMs: number;
  /** As the node said last: somebody works on the story there. */
  readonly hasAgent: boolean;
  /** A screen of it came before. */
  readonly hasScreen: boolean;
}

/** Undefined while it is shown, live. */
export function sayWatched(state: SessionState, scene: WatchScene): WatchedSaid | undefined {
  const { now, hasScreen } = scene;
  const { label } = now;
  if (state.kind === 'failed')
    return { text: sayError(state.error), mood: 'bad', ...placeOf(hasScreen), canAsk: true };
  if (state.kind === 'exited') return { text: sayExit(state.exit, label), mood: 'calm' };
  if (isAway(now.standing)) return sayAbsence(scene);
  if (state.kind === 'live') return undefined;
  if (hasScreen)
    return {
      text: `The way to ${label} broke: this is what it showed last. It is asked again.`,
      ...{ mood: 'busy', isOld: true },
    };
  const text = scene.hasAgent
    ? `${label} is asked for its terminal…`
    : `Nobody works on it at ${label} yet: its terminal is shown as soon as somebody does.`;
  return { text, mood: 'busy', isInstead: true };
}

function placeOf(hasScreen: boolean): Pick<WatchedSaid, 'isOld' | 'isInstead'> {
  return hasScreen ? { isOld: true } : { isInstead: true };
}

function sayAbsence({ now, nowMs, hasScreen }: WatchScene): WatchedSaid {
  const away = sayAway(now, nowMs);
  const text = hasScreen
    ? `${now.label}, ${away}: this is what it showed last. It goes on here when it is back.`
    : `${now.label}, ${away}: its terminal is shown as soon as it is back.`;
  return { text, mood: 'bad', ...placeOf(hasScreen) };
}

function sayExit(
  { exitCode, signal }: { exitCode: number | null; signal: string | null },
  label: string,
): string {
  const how = signal ?? (exitCode === null ? 'nobody saw how' : `exit code ${exitCode}`);
  return `Its program at ${label} ended (${how}). When it starts again, it is shown here.`;
}
