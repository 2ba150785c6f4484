import { GitMergeConflict } from 'lucide-react';
import type { ConflictRecord } from '../../../../preload/contract/conflict-records.ts';
import { sayConflict } from './say-conflict.ts';
import type { ItemFacts } from '../kind.ts';

export const conflictFacts: ItemFacts<'conflict', ConflictRecord> = {
  kind: 'conflict',
  of: ['conflict'],
  needs: ['conflict'],
  find: ({ subject }, records) => records.get('conflict', subject),
  look: { icon: GitMergeConflict, word: 'Conflict', tone: 'text-red' },
  sort: () => 'alarm',
  line: (record, { agent }) => sayConflict(record, agent),
  dismissed: (agent) => `Took the conflict of ${agent} off the list`,
};
