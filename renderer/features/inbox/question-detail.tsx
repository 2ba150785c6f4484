import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { focusComposeBox } from '../../ui/compose-box.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { Deadline } from './deadline.tsx';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { focusInboxList } from './inbox-list.tsx';
import { dropDraft, keepDraft, select, useDraft } from './inbox-ui.ts';
import { optionKeys, QuestionOptions } from './question-options.tsx';
import { ReplyBox } from './reply-box.tsx';
import { toggled } from './toggled.ts';
import { useDismiss } from './use-dismiss.ts';

type QuestionItem = Extract<InboxItem, { kind: 'question' }>;

export function QuestionDetail({ item }: { item: QuestionItem }) {
  const question = item.record;
  const chosen = useDraft(item.id).choices;
  const answer = useAnswer(item);
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
      <UntrustedText text={question.text} className="text-lg" />
      <Deadline question={question} />
    </DetailFrame>
  );
}

/** What was written and chosen is kept until the answer is sent. */
function useAnswer(item: QuestionItem) {
  const sendCommand = useSend();
  const decide = useDecide();
  return (choices: readonly string[], text = '') => {
    decide({
      subject: item.id,
      what: `Answered ${item.agent}: ${[...choices, text].filter(Boolean).join(', ')}`,
      async send() {
        const done = await sendCommand('question.answer', {
          question: item.record.id,
          choices: [...choices],
          ...(text && { text }),
        });
        if (done) dropDraft(item.id);
        return done;
      },
      onBack: () => select(item.id),
    });
    focusInboxList();
  };
}
