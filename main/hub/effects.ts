/**
 * Runs what the outbox holds. An effect is written with the events that want it, run at least once, and its row goes
 * in the same transaction as the command that reports its end. A crash anywhere in between runs it again, so
 * handlers are idempotent; nothing is lost and nothing is reported twice.
 */
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, MusherError, reasonOf } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import type { EffectHandler, HubState, SystemCommand } from './feature.ts';
import type { LogStore, StoredEffect } from './log-store.ts';
import type { Registry } from './registry.ts';

export interface EffectsDeps {
  readonly registry: Registry;
  readonly store: LogStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dispatch: Dispatch;
  readonly state: () => HubState;
  readonly stopped: AbortSignal;
}

export interface Effects {
  add(effects: readonly StoredEffect[]): void;
  /** Resolves when nothing runs and nothing waits. */
  drain(): Promise<void>;
  /** Running and waiting effects. */
  size(): number;
}

/** An effect that was begun this often without an end has crashed the hub each time: it is given up as failed. */
const maxAttempts = 5;
const storeRetryMs = 1_000;

export function createEffects(deps: EffectsDeps): Effects {
  const lanes = new Map<string, Promise<void>>();
  let size = 0;

  function add(effect: StoredEffect): void {
    size += 1;
    const before = lanes.get(effect.lane) ?? Promise.resolve();
    const after = before
      .then(() => runOne(deps, effect))
      .finally(() => {
        size -= 1;
        if (lanes.get(effect.lane) === after) lanes.delete(effect.lane);
      });
    lanes.set(effect.lane, after);
  }

  return {
    add: (effects) => effects.forEach(add),
    async drain() {
      while (lanes.size > 0) await Promise.all(lanes.values());
    },
    size: () => size,
  };
}

/** Never rejects: one failing effect must not stop its lane. */
async function runOne(deps: EffectsDeps, effect: StoredEffect): Promise<void> {
  if (deps.stopped.aborted) return;
  const log = deps.log.child({ effect: effect.id, kind: effect.kind });
  try {
    const report = await work(deps, effect, log);
    if (deps.stopped.aborted && report === 'again') return;
    await end(deps, effect, report === 'again' ? undefined : report);
  } catch (error) {
    log.error(
      { error: reasonOf(error) },
      'the end of an effect could not be reported; it comes again at the next start',
    );
  }
}

async function work(
  deps: EffectsDeps,
  effect: StoredEffect,
  log: Logger,
): Promise<SystemCommand | undefined | 'again'> {
  const handler = deps.registry.effects.get(effect.kind);
  if (handler === undefined) {
    log.error({}, 'no feature knows this effect any more; it is dropped');
    return undefined;
  }
  const data: unknown = JSON.parse(effect.data);
  try {
    const attempt = deps.store.beginEffect(effect.id);
    if (attempt > maxAttempts) throw musherError('INTERNAL', { reference: effect.id });
    return await handler.run(data, contextOf(deps, effect, attempt));
  } catch (error) {
    if (deps.stopped.aborted) return 'again';
    log.warn({ error: reasonOf(error) }, 'an effect failed');
    return failedReport(handler, data, error);
  }
}

function failedReport(
  handler: EffectHandler<unknown>,
  data: unknown,
  error: unknown,
): SystemCommand | undefined {
  return handler.failed?.(data, error);
}

function contextOf(deps: EffectsDeps, effect: StoredEffect, attempt: number) {
  return {
    hub: deps.state(),
    effectId: effect.id,
    attempt,
    signal: deps.stopped,
    async dispatch(command: SystemCommand) {
      await deps.dispatch(command, 'system');
    },
  };
}

/** Reports and removes in one commit; a refused report still removes. Retries while the log cannot be written. */
async function end(
  deps: EffectsDeps,
  effect: StoredEffect,
  report: SystemCommand | undefined,
): Promise<void> {
  while (!deps.stopped.aborted) {
    try {
      if (report === undefined)
        deps.store.commit({ events: [], receipts: [], effects: [], endedEffects: [effect.id] });
      else await deps.dispatch({ ...report, id: effect.id }, 'system', effect.id);
      return;
    } catch (error) {
      if (!isStoreFailure(error)) {
        deps.log.warn(
          { effect: effect.id, error: reasonOf(error) },
          'the report of an effect was refused',
        );
        return;
      }
      await sleep(deps.clock, storeRetryMs, deps.stopped);
    }
  }
}

function isStoreFailure(error: unknown): boolean {
  return !(error instanceof MusherError) || error.wire.code === 'STORE_FAILED';
}
