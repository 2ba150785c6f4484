import { ShieldAlert } from 'lucide-react';
import type { TargetRecord } from '../../../../preload/contract/targets.ts';
import type { ItemFacts } from '../kind.ts';

export const targetFacts: ItemFacts<'target', TargetRecord> = {
  kind: 'target',
  of: ['target'],
  needs: ['target'],
  find: ({ subject }, records) => {
    const record = records.get('target', subject);
    return record?.alarm && record;
  },
  look: { icon: ShieldAlert, word: 'Moved', tone: 'text-red' },
  sort: () => 'alarm',
  name: ({ subject }) => ({ agent: subject, named: 'target' }),
  // The row begins with the name: what is said behind it has to fit into a narrow one.
  line: (_, { agent, title }) => title.replace(`${agent} `, ''),
};
