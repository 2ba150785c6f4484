/** Once a second, asks each feature what is due, and does it in slices. Only what is truly about time lives here. */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import { asSystem } from './dispatch.ts';
import type { HubState, SystemCommand } from './feature.ts';
import type { Registry } from './registry.ts';

export const tickMs = 1_000;
/** What one turn of the loop may spend on deciding due commands, ms. Writing them costs the next turn as much again. */
const sliceMs = 4;

export interface TickDeps {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dispatch: Dispatch;
  readonly state: () => HubState;
}

interface Due {
  readonly feature: string;
  readonly command: SystemCommand;
}

/** Runs until the returned function is called. One feature that throws stops no other. */
export function startTicks(deps: TickDeps): () => void {
  /** What is still being done: asked for again before that, it is not begun twice. */
  const underWay = new Set<string>();
  let cancel = deps.clock.schedule(tick, tickMs);

  function tick(): void {
    const queue = deps.registry.features.flatMap((feature) => dueOf(deps, feature));
    doSlice(queue, 0);
  }

  /** From `at` on for as long as a slice lasts. The next tick is a second after the last of them was begun. */
  function doSlice(queue: readonly Due[], at: number): void {
    const startedMs = deps.clock.elapsed();
    let next = at;
    // At least one: a machine that is slow enough to spend a slice on looking at the clock must get on as well.
    do {
      const due = queue[next];
      next += 1;
      if (due !== undefined) begin(due);
    } while (next < queue.length && deps.clock.elapsed() - startedMs < sliceMs);
    cancel =
      next < queue.length
        ? deps.clock.soon(() => doSlice(queue, next))
        : deps.clock.schedule(tick, tickMs);
  }

  function begin({ feature, command }: Due): void {
    const key = command.id ?? JSON.stringify([command.type, command.onBehalfOf, command.data]);
    if (underWay.has(key)) return;
    underWay.add(key);
    deps
      .dispatch(command, asSystem(command))
      .catch((error: unknown) => {
        deps.log.error({ feature, error: reasonOf(error) }, 'a due command failed');
      })
      .finally(() => underWay.delete(key));
  }

  return () => cancel();
}

function dueOf(deps: TickDeps, feature: Registry['features'][number]): Due[] {
  const { name } = feature.contract;
  try {
    const commands = feature.due?.(deps.state()[name], deps.clock.now()) ?? [];
    return commands.map((command) => ({ feature: name, command }));
  } catch (error) {
    deps.log.error({ feature: name, error: reasonOf(error) }, 'asking what is due failed');
    return [];
  }
}
