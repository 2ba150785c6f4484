/** Timers in the palette. */
import { CalendarClock, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { useRecord } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { navigate } from '../../shell/ui-state.ts';
import { openTimerForm } from './schedule-ui.ts';
import { ownerOf, saySchedule, titleOf } from './schedule-words.ts';
import { useTimerActions, useTimers } from './use-timers.ts';

export const timerSource: PaletteSource = {
  ...{ id: 'timers', title: 'Timers', icon: CalendarClock },
  useItems: useTimerItems,
  open: show,
  useVerbs: useTimerVerbs,
};

const toItems = itemsOf<TimerRecord>((timer) => ({
  ...{ id: timer.id, title: titleOf(timer), detail: saySchedule(timer.schedule) },
  keywords: [timer.id, 'timer', ownerOf(timer) ?? ''],
}));

function useTimerItems(): readonly PaletteItem[] {
  const timers = useTimers();
  return useMemo(() => toItems(timers), [timers]);
}

function show(id: string): void {
  navigate('schedule', `timer/${id}`);
}

function useTimerVerbs(id: string): readonly PaletteVerb[] | undefined {
  const timer = useRecord('timer', id);
  const { run, pause, remove } = useTimerActions();
  if (timer === undefined) return undefined;
  const isPaused = timer.state === 'paused';
  const isOpen = timer.state === 'active' || isPaused;
  const isActing = timer.last?.state === 'acting';
  return [
    { id: 'show', title: 'Show', icon: CalendarClock, run: () => show(id) },
    {
      ...{ id: 'run', title: 'Do it now', icon: Play, run: () => run(timer) },
      ...(isActing && { withheld: 'It is being done' }),
    },
    ...(isOpen
      ? [
          {
            ...{ id: 'pause', title: isPaused ? 'Let it go on' : 'Pause' },
            ...{ icon: isPaused ? Play : Pause, run: () => pause(timer) },
          },
          { id: 'edit', title: 'Change…', icon: Pencil, run: () => openTimerForm(id) },
          // Held for five seconds, with a way back.
          {
            id: 'remove',
            title: 'Take back',
            icon: Trash2,
            danger: true,
            run: () => remove(timer),
          },
        ]
      : []),
  ];
}
