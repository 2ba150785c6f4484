/** Questions in the palette: those to the operator first, each with its answers. */
import { CircleHelp, Inbox, MessagesSquare, Reply, SquareTerminal } from 'lucide-react';
import { useMemo } from 'react';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useAnswerOf } from './use-answer.ts';

export const questionSource: PaletteSource = {
  ...{ id: 'questions', title: 'Questions', icon: CircleHelp, prefix: '?', atRest: 5 },
  useItems: useQuestionItems,
  Mark: QuestionMark,
  open: (id) => navigate('inbox', `question/${id}`),
  useVerbs: useQuestionVerbs,
};

const toItems = itemsOf<QuestionRecord>(({ id, asker, to, text }) => ({
  ...{ id, title: text.slice(0, 400) },
  detail: to === 'operator' ? asker : `${asker} asks ${to}`,
  keywords: [asker, id],
  isQuiet: to !== 'operator',
}));

/** One that was answered here a moment ago asks no more. */
function useQuestionItems(): readonly PaletteItem[] {
  const questions = useRecords('question');
  const underWay = useUnderWay();
  return useMemo(() => {
    const open = questions.filter(
      ({ id, state }) => state === 'open' && !underWay.has(`question/${id}`),
    );
    const toMe = open.filter(({ to }) => to === 'operator');
    return toItems([...toMe, ...open.filter(({ to }) => to !== 'operator')]);
  }, [questions, underWay]);
}

function QuestionMark({ id }: { id: string }) {
  const question = useRecord('question', id);
  if (question?.state !== 'open') return null;
  return question.to === 'operator' ? (
    <StatusDot shape="diamond" tone="amber" word="asks you" showWord />
  ) : (
    <StatusDot shape="ring" tone="muted" word="open" showWord />
  );
}

function useQuestionVerbs(id: string): readonly PaletteVerb[] | undefined {
  const question = useRecord('question', id);
  const give = useAnswerOf();
  if (question?.state !== 'open') return undefined;
  const { asker, options, multi } = question;
  const answers = multi || question.to !== 'operator' ? [] : options;
  return [
    { id: 'show', title: 'Show', icon: Inbox, run: () => navigate('inbox', `question/${id}`) },
    ...answers.map(
      (option, at): PaletteVerb => ({
        ...{ id: `answer ${at}`, title: `Answer: ${toPlainLine(option)}`, icon: Reply },
        run: () => give(question, { choices: [option] }),
      }),
    ),
    {
      ...{ id: 'agent', title: `Show ${asker}`, icon: SquareTerminal },
      run: () => navigate('agents', `agent/${asker}`),
    },
    {
      ...{ id: 'message', title: `Message ${asker}`, icon: MessagesSquare },
      run: () => navigate('messages', `agent/${asker}`),
    },
  ];
}
