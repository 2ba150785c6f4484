import { Undo2 } from 'lucide-react';
import type { TargetRecord } from '../../../../preload/contract/targets.ts';
import type { ItemFacts } from '../kind.ts';

export const movedBackFacts: ItemFacts<'moved-back', TargetRecord> = {
  kind: 'moved-back',
  of: ['target'],
  needs: ['target'],
  find: ({ subject }, records) => {
    const record = records.get('target', subject);
    return record?.left && record;
  },
  look: { icon: Undo2, word: 'Moved back', tone: 'text-muted' },
  sort: () => 'alarm',
  name: ({ subject }) => ({ agent: subject, named: 'target' }),
  dismissed: (target) => `Took what ${target} left off the list`,
};
