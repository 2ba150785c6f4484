import { Plus } from 'lucide-react';
import type { PaletteCommand } from '../../shell/view.ts';
import { openTriggersDialog } from './triggers-ui.ts';

export const newTrigger: PaletteCommand = {
  id: 'new trigger',
  title: 'New trigger',
  section: 'Schedule',
  icon: Plus,
  keywords: ['when', 'event', 'webhook', 'hook', 'automation'],
  run: () => openTriggersDialog({ kind: 'new' }),
};
