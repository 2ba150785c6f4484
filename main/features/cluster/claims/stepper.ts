/**
 * Takes the steps of a plan: each once at a time, what failed later again, and the plan is asked anew whenever one is done, something changed, or a
 * time has come. It keeps no truth, so that a crash anywhere is found again by the next look.
 */
import { levelOf, reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { BackOff } from './back-off.ts';

export interface Stepping<Step> {
  readonly life: Life<unknown>;
  readonly plan: () => readonly Step[];
  /** Two steps of one key are the same step. */
  readonly keyOf: (step: Step) => string;
  readonly take: (step: Step) => Promise<unknown>;
  /** It is asked again after that though nothing changed, milliseconds. */
  readonly everyMs: () => number;
  /** For the log: what could not be done. */
  readonly failure: string;
}

/** Returns what asks for another look. Ends with the hub. */
export function takeSteps<Step>(stepping: Stepping<Step>): () => void {
  const { life, plan, keyOf, take, everyMs, failure } = stepping;
  const { clock, logger, signal } = life;
  const onWay = new Set<string>();
  const failed = new BackOff();
  let cancelSoon: (() => void) | undefined;
  let cancelLater = (): void => undefined;
  const soon = (): void => {
    if (signal.aborted) return;
    cancelSoon ??= clock.soon(() => {
      cancelSoon = undefined;
      if (!signal.aborted) look();
    });
  };
  const look = (): void => {
    const steps = plan();
    failed.keep(new Set(steps.map(keyOf)));
    let nextMs = everyMs();
    for (const step of steps) {
      const key = keyOf(step);
      if (onWay.has(key)) continue;
      const waitMs = failed.waitMs(key, clock.elapsed());
      if (waitMs > 0) nextMs = Math.min(nextMs, waitMs);
      else void begin(step, key);
    }
    cancelLater();
    cancelLater = clock.schedule(soon, nextMs);
  };
  const begin = async (step: Step, key: string): Promise<void> => {
    onWay.add(key);
    try {
      await take(step);
      failed.clear(key);
    } catch (error) {
      if (signal.aborted) return;
      const isNew = failed.fail(key, reasonOf(error), clock.elapsed());
      // Somebody else was quicker, as a rule.
      const level = levelOf(error) === 'error' ? 'warn' : 'info';
      if (isNew) logger[level]({ step, error: reasonOf(error) }, failure);
    } finally {
      onWay.delete(key);
      soon();
    }
  };
  life.own(() => {
    cancelSoon?.();
    cancelLater();
  });
  soon();
  return soon;
}
