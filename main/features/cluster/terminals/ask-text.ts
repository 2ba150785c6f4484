/** As a rendezvous: the text on a screen at a node, once, and within a bound. */
import type { Clock } from '../../../base/clock.ts';
import type { Result } from '../../../base/result.ts';
import { MusherError, ok } from '../../../base/result.ts';
import type { Want } from './asking.ts';
import type { Way } from './way.ts';

export interface ScreenText {
  readonly text: string;
  readonly cols: number;
  readonly rows: number;
}

export interface TextAsk {
  readonly way: Way;
  readonly story: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds: the way has to be opened for it. */
const boundMs = 20_000;

/** Rejects with the signal's reason. */
export function askText({ way, story, clock, signal }: TextAsk): Promise<Result<ScreenText>> {
  return new Promise((resolve, reject) => {
    const want: Want = {
      story,
      onText: ({ text, cols, rows }) => done(ok({ text, cols, rows })),
      onFail: (error) => done({ ok: false, error }),
    };
    const done = (result: Result<ScreenText>): void => {
      cancel();
      signal.removeEventListener('abort', giveUp);
      resolve(result);
    };
    const giveUp = (): void => {
      cancel();
      way.remove(want);
      reject(signal.reason);
    };
    const cancel = clock.schedule(() => {
      way.remove(want);
      done({ ok: false, error: way.unanswered(boundMs) });
    }, boundMs);
    signal.addEventListener('abort', giveUp);
    try {
      way.add(want);
    } catch (error) {
      cancel();
      signal.removeEventListener('abort', giveUp);
      if (error instanceof MusherError) resolve({ ok: false, error: error.wire });
      else reject(error);
    }
  });
}
