import type { QuestionRecord } from '../../../../preload/contract/questions.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { focusComposeBox } from '../../../ui/compose-box.tsx';
import {
  optionKeys,
  QuestionOptions,
  QuestionText,
  toggled,
  useAnswer,
} from '../../questions/index.ts';
import { DetailFrame, showAgent } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { questionFacts } from './question.ts';
import { focusInboxList } from '../inbox-list.tsx';
import { dropDraft, keepDraft, select, useDraft } from '../inbox-ui.ts';
import { ReplyBox } from '../reply-box.tsx';
import { useDismiss } from '../use-dismiss.ts';

type QuestionItem = Item<'question', QuestionRecord>;

export const questionKind: InboxKind<'question', QuestionRecord> = {
  ...questionFacts,
  open: showAgent,
  Detail: QuestionDetail,
};

export function QuestionDetail({ item }: { item: QuestionItem }) {
  const question = item.record;
  const chosen = useDraft(item.id).choices;
  const answer = useAnswerHere(item);
  const dismiss = useDismiss();
  const choose = (option: string) => {
    if (question.multi) keepDraft(item.id, { choices: toggled(chosen, option) });
    else answer([option]);
  };
  useShortcuts([
    ...question.options.map((option, at) => ({
      keys: optionKeys[at] ?? '',
      run: () => choose(option),
      decides: true,
    })),
    { keys: 'r', run: focusComposeBox },
    { keys: 'Mod+Enter', run: () => chosen.length > 0 && answer(chosen), decides: true },
  ]);
  return (
    <DetailFrame
      item={item}
      verb={question.to === 'operator' ? 'asks you' : `asks ${question.to}`}
      choices={
        question.options.length > 0 && (
          <QuestionOptions question={question} chosen={chosen} onChoose={choose} />
        )
      }
      footer={
        <ReplyBox
          itemId={item.id}
          label={question.options.length > 0 ? 'Answer in your own words' : 'Your answer'}
          send="Answer"
          mayBeEmpty={chosen.length > 0}
          onSend={(text) => answer(chosen, text)}
        >
          <Button look="quiet" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </ReplyBox>
      }
    >
      <QuestionText question={question} isLarge />
    </DetailFrame>
  );
}

/** What was written and chosen is kept until the answer is sent. */
function useAnswerHere(item: QuestionItem) {
  const answer = useAnswer(item.record, {
    onSent: () => dropDraft(item.id),
    onBack: () => select(item.id),
  });
  return (choices: readonly string[], text = '') => {
    answer({ choices: [...choices], text });
    focusInboxList();
  };
}
