/** Sees that the file is another than what applied, and clears away what a crash left. */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import type { ProposalsPorts } from './ports.ts';
import type { ProposalsState } from './slice.ts';

export interface FileWatch {
  /** Somebody saw that it is another: it is looked at. Does nothing before the feature starts. */
  nudge(): void;
  start(life: Life<ProposalsState>): void;
}

export function watchFile({ configStore, config }: ProposalsPorts): FileWatch {
  let look = (): void => undefined;
  return {
    nudge: () => look(),
    start(life) {
      const failed = (what: string) => (error: unknown) => {
        if (!life.signal.aborted) life.logger.warn({ error: reasonOf(error) }, what);
      };
      let looking = false;
      let again = false;
      look = () => {
        // Before the first proposal nothing of it is recorded.
        if (life.state().head === undefined || life.signal.aborted) return;
        if (looking) {
          again = true;
          return;
        }
        looking = true;
        const over = () => {
          looking = false;
          if (!again) return;
          again = false;
          look();
        };
        life
          .system({ type: 'config.find', data: {} })
          .catch(failed('the configuration could not be looked at'))
          .finally(over);
      };
      life.own(config.onChange(() => look()));
      let before = life.state().writing;
      life.onTopics(() => {
        const now = life.state().writing;
        // What was in the way of a write is seen once that is over.
        if (before !== undefined && now === undefined) look();
        before = now;
      });
      const { byId } = life.state();
      configStore
        .sweep((proposal) => byId.has(proposal) || life.state().byId.has(proposal))
        .catch(failed('what a crash left of the configuration could not be cleared away'));
      look();
    },
  };
}
