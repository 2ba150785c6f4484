/** Triggers in the palette. */
import { Pause, Pencil, Play, Trash2, Zap } from 'lucide-react';
import { useMemo } from 'react';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { openTriggersDialog, showTrigger } from './triggers-ui.ts';

export const triggerSource: PaletteSource = {
  ...{ id: 'triggers', title: 'Triggers', icon: Zap },
  useItems: useTriggerItems,
  open: showTrigger,
  useVerbs: useTriggerVerbs,
};

const toItems = itemsOf<TriggerRecord>(({ id, name, state }) => ({
  ...{ id, title: name, detail: state === 'armed' ? id : `${id}, ${state}` },
  keywords: ['trigger'],
}));

function useTriggerItems(): readonly PaletteItem[] {
  const triggers = useRecords('trigger');
  return useMemo(() => toItems(triggers), [triggers]);
}

function useTriggerVerbs(id: string): readonly PaletteVerb[] | undefined {
  const trigger = useRecord('trigger', id);
  const send = useSend();
  if (trigger === undefined) return undefined;
  const { state } = trigger;
  const resume = state === 'spent' ? 'Arm again' : 'Resume';
  return [
    { id: 'show', title: 'Show', icon: Zap, run: () => showTrigger(id) },
    state === 'armed'
      ? {
          ...{ id: 'pause', title: 'Pause', icon: Pause },
          run: () => void send('trigger.pause', { trigger: id }),
        }
      : {
          ...{ id: 'resume', title: resume, icon: Play },
          run: () => void send('trigger.resume', { trigger: id }),
        },
    {
      ...{ id: 'edit', title: 'Edit…', icon: Pencil },
      run: () => openTriggersDialog({ kind: 'edit', id }),
    },
    {
      ...{ id: 'remove', title: 'Remove…', icon: Trash2, danger: true },
      run: () => openTriggersDialog({ kind: 'remove', id }),
    },
  ];
}
