/**
 * Runs what the outbox holds. An effect is written with the events that want it, run at least once, and its row goes
 * in the same transaction as the command that reports its end. A crash anywhere in between runs it again, so
 * handlers are idempotent; nothing is lost and nothing is reported twice.
 */
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, MusherError, levelOf, reasonOf } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import { asSystem } from './dispatch.ts';
import { EffectQueue } from './effect-queue.ts';
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
  /** How many were ever added: where `drain` may begin. */
  added(): number;
  /** Resolves when nothing runs and nothing waits; with `from`, of what was added from that one on. */
  drain(from?: number): Promise<void>;
  /** Running and waiting effects. */
  size(): number;
  /** Gives up on those that run: the next start begins them anew, and this beginning does not count. Their ids. */
  abandon(): readonly string[];
}

/** An effect that was begun this often without an end has crashed the hub each time: it is given up as failed. */
const maxAttempts = 5;
const storeRetryMs = 1_000;

/** How many effects of a kind run at once, when its handler does not say. */
const atOnceByDefault = 8;

export function createEffects(deps: EffectsDeps): Effects {
  const queue = new EffectQueue({
    atOnce: (kind) => deps.registry.effects.get(kind)?.atOnce ?? atOnceByDefault,
    soon: () => new Promise((resolve) => deps.clock.soon(resolve)),
    run: (effect) => runOne(deps, effect),
  });
  return {
    add(effects) {
      for (const effect of effects) queue.add(effect);
    },
    added: () => queue.added(),
    drain: (from) => queue.drain(from),
    size: () => queue.size(),
    abandon() {
      const left = queue.running();
      for (const id of left) deps.store.letEffectGo(id);
      return left;
    },
  };
}

interface Job {
  readonly effect: StoredEffect;
  readonly handler: EffectHandler<unknown>;
  readonly data: unknown;
  readonly log: Logger;
}

interface Ending {
  readonly report: SystemCommand | undefined;
  /** True when the report says that the work failed. */
  readonly isFailure: boolean;
}

/** Never rejects: one failing effect must not stop its lane. */
async function runOne(deps: EffectsDeps, effect: StoredEffect): Promise<void> {
  if (deps.stopped.aborted) return;
  const log = deps.log.child({ effect: effect.id, kind: effect.kind });
  try {
    const handler = deps.registry.effects.get(effect.kind);
    if (handler === undefined) {
      log.error({}, 'no feature knows this effect any more; it is dropped');
      await commitEnd(deps, effect, undefined);
      return;
    }
    const job: Job = { effect, handler, data: JSON.parse(effect.data), log };
    const ending = await work(deps, job);
    if (deps.stopped.aborted) deps.store.letEffectGo(effect.id);
    else await end(deps, job, ending);
  } catch (error) {
    log.error(
      { error: reasonOf(error) },
      'the end of an effect could not be reported; it comes again at the next start',
    );
  }
}

async function work(deps: EffectsDeps, { effect, handler, data, log }: Job): Promise<Ending> {
  try {
    const attempt = deps.store.beginEffect(effect.id);
    if (attempt > maxAttempts) throw musherError('INTERNAL', { reference: effect.id });
    const report = await handler.run(data, contextOf(deps, effect, attempt));
    return { report, isFailure: false };
  } catch (error) {
    const nothing = { report: undefined, isFailure: true };
    if (deps.stopped.aborted) return nothing;
    log[levelOf(error)]({ error: reasonOf(error) }, 'an effect failed');
    return { ...nothing, report: handler.failed?.(data, error) };
  }
}

function contextOf(deps: EffectsDeps, effect: StoredEffect, attempt: number) {
  let dispatched = 0;
  return {
    hub: deps.state(),
    effectId: effect.id,
    attempt,
    signal: deps.stopped,
    async dispatch(command: SystemCommand) {
      dispatched += 1;
      const id = command.id ?? reportId(deps, effect.id, { command, count: dispatched });
      return deps.dispatch({ ...command, id }, asSystem(command));
    },
  };
}

/** The same for the same report at the same place of its effect; another report is another command. */
function reportId(
  deps: EffectsDeps,
  effectId: string,
  { command, count }: { command: SystemCommand; count: number },
): string {
  const content = deps.store.sha256(JSON.stringify([command.type, command.data]));
  return `${effectId}.${count}-${content.slice(0, 12)}`;
}

/** The report; when that is refused, the report of that failure; when that is refused too, none. */
async function end(deps: EffectsDeps, job: Job, { report, isFailure }: Ending): Promise<void> {
  const refusal = await commitEnd(deps, job.effect, report);
  if (refusal === undefined) return;
  job.log.warn({ error: reasonOf(refusal) }, 'the report of an effect was refused');
  const next = isFailure ? undefined : job.handler.failed?.(job.data, refusal);
  await end(deps, job, { report: next, isFailure: true });
}

/**
 * Reports and removes in one commit, again and again while the log cannot be written. Returns the refusal, when
 * the report was refused. Throws what is neither: a defect of the report, which is not met twice in one life.
 */
async function commitEnd(
  deps: EffectsDeps,
  { id }: StoredEffect,
  report: SystemCommand | undefined,
): Promise<MusherError | undefined> {
  while (!deps.stopped.aborted) {
    try {
      if (report === undefined)
        deps.store.commit({ events: [], receipts: [], effects: [], endedEffects: [id] });
      else await deps.dispatch({ ...report, id }, asSystem(report), { endsEffect: id });
      return undefined;
    } catch (error) {
      if (deps.stopped.aborted) return undefined;
      if (report !== undefined && !isStoreFailure(error)) {
        if (error instanceof MusherError) return error;
        throw error;
      }
      await sleep(deps.clock, storeRetryMs, deps.stopped);
    }
  }
  return undefined;
}

function isStoreFailure(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'STORE_FAILED';
}
