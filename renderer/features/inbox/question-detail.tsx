import { Check } from 'lucide-react';
import { useState } from 'react';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { useCommand } from '../../hub/use-command.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { focusComposeBox } from '../../ui/compose-box.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { Deadline } from './deadline.tsx';
import { DetailFrame } from './detail-frame.tsx';
import type { InboxItem } from './inbox-items.ts';
import { focusInboxList } from './inbox-list.tsx';
import { keepDraft } from './inbox-ui.ts';
import { ReplyBox } from './reply-box.tsx';
import { toggled } from './toggled.ts';
import { useDismiss } from './use-dismiss.ts';

type QuestionItem = Extract<InboxItem, { kind: 'question' }>;

export function QuestionDetail({ item }: { item: QuestionItem }) {
  const question = item.record;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { answer, busy } = useAnswer(item);
  const dismiss = useDismiss();
  const choose = (option: string | undefined) => {
    if (option === undefined) return;
    if (question.multi) setChosen(toggled(chosen, option));
    else void answer([option]);
  };
  useShortcuts([
    ...digits.map((digit, at) => ({ keys: digit, run: () => choose(question.options[at]) })),
    { keys: 'r', run: focusComposeBox },
    { keys: 'Mod+Enter', run: () => chosen.length > 0 && void answer(chosen) },
  ]);
  return (
    <DetailFrame
      item={item}
      verb={question.to === 'operator' ? 'asks you' : `asks ${question.to}`}
      footer={
        <ReplyBox
          itemId={item.id}
          label={question.options.length > 0 ? 'Answer in your own words' : 'Your answer'}
          send="Answer"
          busy={busy}
          mayBeEmpty={chosen.length > 0}
          onSend={(text) => void answer(chosen, text)}
        >
          <Button look="quiet" shortcut="x" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </ReplyBox>
      }
    >
      <UntrustedText text={question.text} className="text-lg" />
      <Options question={question} chosen={chosen} disabled={busy} onChoose={choose} />
      <Deadline question={question} />
    </DetailFrame>
  );
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface OptionsProps {
  question: QuestionRecord;
  chosen: readonly string[];
  disabled: boolean;
  onChoose: (option: string) => void;
}

function Options({ question, chosen, disabled, onChoose }: OptionsProps) {
  if (question.options.length === 0) return null;
  return (
    <div className="mt-3 flex flex-col gap-1">
      {question.multi && <p className="text-sm text-muted">Choose any number, then answer.</p>}
      {question.options.map((option, at) => (
        <button
          key={option}
          type="button"
          disabled={disabled}
          aria-pressed={question.multi ? chosen.includes(option) : undefined}
          onClick={() => onChoose(option)}
          className={classNames(
            'flex min-h-8 items-center gap-2.5 rounded-md border px-2.5 py-1 text-left transition-colors duration-100 hover:bg-hover disabled:opacity-50',
            chosen.includes(option) ? 'border-accent bg-selected' : 'border-line-strong',
          )}
        >
          {digits[at] ? <Kbd keys={digits[at]} decorative /> : <span className="w-4" />}
          <UntrustedLine text={option} className="flex-1" />
          {chosen.includes(option) && (
            <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent" />
          )}
        </button>
      ))}
    </div>
  );
}

/** Sends the answer once; the item leaves the list when the hub says that it is answered. */
function useAnswer(item: QuestionItem) {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const answer = async (choices: readonly string[], text = '') => {
    if (busy) return;
    setBusy(true);
    const done = await run('question.answer', {
      question: item.record.id,
      choices: [...choices],
      ...(text && { text }),
    });
    setBusy(false);
    if (!done) return;
    keepDraft(item.id, '');
    focusInboxList();
  };
  return { answer, busy };
}
