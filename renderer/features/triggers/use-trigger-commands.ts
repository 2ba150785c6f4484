/** Triggers in the command palette. */
import { Plus, Zap } from 'lucide-react';
import { useRecords } from '../../hub/use-records.ts';
import type { PaletteCommand } from '../../shell/view.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { openTriggersDialog, showTrigger } from './triggers-ui.ts';

export function useTriggerCommands(): readonly PaletteCommand[] {
  const triggers = useRecords('trigger').map(
    ({ id, name }): PaletteCommand => ({
      id: `trigger ${id}`,
      title: toPlainLine(name),
      section: 'Schedule',
      icon: Zap,
      detail: id,
      run: () => showTrigger(id),
    }),
  );
  return [newTrigger, ...triggers];
}

const newTrigger: PaletteCommand = {
  id: 'new trigger',
  title: 'New trigger',
  section: 'Schedule',
  icon: Plus,
  keywords: ['when', 'event', 'webhook', 'hook', 'automation'],
  run: () => openTriggersDialog({ kind: 'new' }),
};
