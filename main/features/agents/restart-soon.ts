/**
 * Decides on a restart as soon as a program has ended, so that nobody is told of a failure that is being mended already. What this
 * misses, the clock finds within a second.
 */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { endedUnasked } from './restarts.ts';
import type { AgentsState } from './slice.ts';

export function restartSoon(life: Life<AgentsState>): void {
  life.onTopics((topics) => {
    if (!topics.some((topic) => topic.startsWith('terminal/'))) return;
    for (const command of endedUnasked(life.state(), life.clock.now()))
      life.system(command).catch((error: unknown) => {
        if (!life.signal.aborted)
          life.logger.warn({ error: reasonOf(error) }, 'a restart was not decided on at once');
      });
  });
}
