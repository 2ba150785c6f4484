import { TriggersOverlay } from '../triggers/index.ts';
import { TimerFormDialog } from './timer-form-dialog.tsx';

/** The open dialog about timers or triggers, if any. */
export function ScheduleOverlay() {
  return (
    <>
      <TimerFormDialog />
      <TriggersOverlay />
    </>
  );
}
