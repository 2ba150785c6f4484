/** Once a second, asks each feature what is due. Only what is truly about time lives here. */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import type { HubState } from './feature.ts';
import type { Registry } from './registry.ts';

export const tickMs = 1_000;

export interface TickDeps {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dispatch: Dispatch;
  readonly state: () => HubState;
}

/** Runs until the returned function is called. One feature that throws stops no other. */
export function startTicks(deps: TickDeps): () => void {
  let stopped = false;
  let cancel = deps.clock.schedule(tick, tickMs);

  function tick(): void {
    for (const feature of deps.registry.features) {
      askFeature(deps, feature).catch((error: unknown) => {
        deps.log.error(
          { feature: feature.contract.name, error: reasonOf(error) },
          'a due command failed',
        );
      });
    }
    if (!stopped) cancel = deps.clock.schedule(tick, tickMs);
  }

  return () => {
    stopped = true;
    cancel();
  };
}

async function askFeature(deps: TickDeps, feature: Registry['features'][number]): Promise<void> {
  const commands = feature.due?.(deps.state()[feature.contract.name], deps.clock.now()) ?? [];
  await Promise.all(commands.map((command) => deps.dispatch(command, 'system')));
}
