import { useMemo } from 'react';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useDecide, useUnderWay } from '../../shell/use-decisions.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { byNext, titleOf } from './schedule-words.ts';

/** What fires first is first, without what was taken back on this page and is not confirmed yet. */
export function useTimers(): readonly TimerRecord[] {
  const timers = useRecords('timer');
  const underWay = useUnderWay();
  return useMemo(
    () => timers.filter(({ id }) => !underWay.has(`timer/${id}`)).toSorted(byNext),
    [timers, underWay],
  );
}

export interface TimerActions {
  run(timer: TimerRecord): void;
  pause(timer: TimerRecord): void;
  remove(timer: TimerRecord): void;
}

export function useTimerActions(): TimerActions {
  const send = useSend();
  const decide = useDecide();
  return useMemo(
    () => ({
      run: ({ id }) => void send('timer.run', { timer: id }),
      pause: ({ id, state }) =>
        void send(state === 'paused' ? 'timer.resume' : 'timer.pause', { timer: id }),
      remove(timer) {
        decide({
          subject: `timer/${timer.id}`,
          what: `Took back: ${toPlainLine(titleOf(timer))}`,
          send: () => send('timer.remove', { timer: timer.id }),
        });
      },
    }),
    [send, decide],
  );
}
