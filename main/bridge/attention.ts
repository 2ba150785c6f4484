/** How many things wait for the operator, where the system shows it while no window is seen: dock, taskbar, title. */
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { WaitingItem } from '../../preload/contract/inbox.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { ElectronParts } from './electron-parts.ts';

export interface Waiting {
  /** Over all repositories that are open. */
  count(): number;
  /** The same, one by one, also what was put off until later. */
  byProject(): readonly ProjectWaits[];
  /** Returns the undo. */
  onChange(listener: () => void): () => void;
}

/** What waits in one repository that is open. */
export interface ProjectWaits {
  /** Its id. */
  readonly project: string;
  readonly waiting: readonly WaitingItem[];
  /** Its agents, with what ended them. */
  readonly agents: ReadonlyArray<Pick<AgentRecord, 'id' | 'failure'>>;
}

interface AttentionOptions {
  readonly electron: Pick<ElectronParts, 'app'>;
  readonly waiting: Waiting;
  readonly log: Logger;
  /** Draws attention to a window where the system has a way: more waits than before, and nobody looks. */
  call(): void;
}

/** Its result ends it, with nothing shown any more. */
export function showWaiting({ electron, waiting, log, call }: AttentionOptions): () => void {
  let shown = 0;
  const show = (count: number) => {
    if (count === shown) return;
    if (count > shown) call();
    shown = count;
    try {
      electron.app.setBadgeCount(count);
    } catch (error) {
      // A desktop without badges: the number is in the app.
      log.debug({ reason: reasonOf(error) }, 'the number that waits could not be shown');
    }
  };
  const stop = waiting.onChange(() => show(waiting.count()));
  show(waiting.count());
  return () => {
    stop();
    show(0);
  };
}
