import { CircleHelp } from 'lucide-react';
import type { QuestionRecord } from '../../../../preload/contract/questions.ts';
import type { ItemFacts } from '../kind.ts';

export const questionFacts: ItemFacts<'question', QuestionRecord> = {
  kind: 'question',
  of: ['question'],
  needs: ['question'],
  find: ({ subject }, records) => records.get('question', subject),
  look: { icon: CircleHelp, word: 'Question', tone: 'text-amber' },
  sort: () => 'question',
  line: ({ text }) => text,
  dismissed: (agent) => `Dismissed the question of ${agent}`,
};
