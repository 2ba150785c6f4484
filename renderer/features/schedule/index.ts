import { CalendarClock, Plus } from 'lucide-react';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { openTimerForm } from './schedule-ui.ts';
import { timerSource } from './palette-source.tsx';
import { newTrigger, triggerSource } from '../triggers/index.ts';
import { ScheduleOverlay } from './schedule-overlay.tsx';

export const scheduleView: View = {
  id: 'schedule',
  title: 'Schedule',
  icon: CalendarClock,
  about: 'What happens by itself: timers and triggers.',
  shortcut: 's',
  Component: lazyView(async () => (await import('./schedule-view.tsx')).ScheduleView),
  Overlay: ScheduleOverlay,
  paletteSources: [timerSource, triggerSource],
  usePaletteCommands: () => commands,
  shortcuts: [
    { name: 'new', keys: 'n', label: 'New timer or trigger' },
    { name: 'next', keys: 'j', label: 'Next' },
    { name: 'previous', keys: 'k', label: 'Previous' },
    { name: 'edit', keys: 'e', label: 'Change a timer or trigger' },
    { name: 'pause', keys: 'p', label: 'Pause a timer or trigger, or let it go on' },
    { name: 'details', keys: 'o', label: 'Show all of a trigger' },
    { name: 'run', keys: 'r', label: 'Do now what a timer is for' },
    { name: 'remove', keys: 'x', label: 'Take a timer back, for five seconds with a way back' },
    { name: 'next-list', keys: 'v', label: 'Show the next list' },
  ],
};

const newTimer: PaletteCommand = {
  id: 'new timer',
  title: 'New timer',
  section: 'Schedule',
  icon: Plus,
  keywords: ['cron', 'schedule', 'remind', 'later', 'every'],
  run: () => openTimerForm('new'),
};

const commands: readonly PaletteCommand[] = [newTimer, newTrigger];
