import { CalendarClock, Plus } from 'lucide-react';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { openTimerForm } from './schedule-ui.ts';
import { titleOf } from './schedule-words.ts';
import { useTriggerCommands } from '../triggers/index.ts';
import { ScheduleOverlay } from './schedule-overlay.tsx';

export const scheduleView: View = {
  id: 'schedule',
  title: 'Schedule',
  icon: CalendarClock,
  shortcut: 's',
  Component: lazyPart(async () => (await import('./schedule-view.tsx')).ScheduleView),
  Overlay: ScheduleOverlay,
  usePaletteCommands: useScheduleCommands,
  shortcuts: [
    { keys: 'n', label: 'New timer or trigger' },
    { keys: 'j', label: 'Next' },
    { keys: 'k', label: 'Previous' },
    { keys: 'e', label: 'Change a timer or trigger' },
    { keys: 'p', label: 'Pause a timer or trigger, or let it go on' },
    { keys: 'o', label: 'Show all of a trigger' },
    { keys: 'r', label: 'Do now what a timer is for' },
    { keys: 'x', label: 'Take a timer back, for five seconds with a way back' },
    { keys: 'v', label: 'Show the next list' },
  ],
};

function useScheduleCommands(): readonly PaletteCommand[] {
  const timers = useRecords('timer').map(
    (timer): PaletteCommand => ({
      id: `timer ${timer.id}`,
      title: titleOf(timer),
      section: 'Schedule',
      icon: CalendarClock,
      detail: timer.id,
      run: () => navigate('schedule', `timer/${timer.id}`),
    }),
  );
  return [newTimer, ...timers, ...useTriggerCommands()];
}

const newTimer: PaletteCommand = {
  id: 'new timer',
  title: 'New timer',
  section: 'Schedule',
  icon: Plus,
  keywords: ['cron', 'schedule', 'remind', 'later', 'every'],
  run: () => openTimerForm('new'),
};
