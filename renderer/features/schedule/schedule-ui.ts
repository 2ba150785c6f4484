/** The schedule on this page: which timer's form is open. */
import { create } from 'zustand';

interface ScheduleUi {
  /** `new`, or the id of the one that is changed. */
  readonly form: string | undefined;
}

export const useScheduleUi = create<ScheduleUi>(() => ({ form: undefined }));

export function openTimerForm(form: string): void {
  useScheduleUi.setState({ form });
}

export function closeTimerForm(): void {
  useScheduleUi.setState({ form: undefined });
}
