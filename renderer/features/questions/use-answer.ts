import { useCallback } from 'react';
import type { Answer, QuestionRecord } from '../../../preload/contract/questions.ts';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';

interface Answering {
  /** The hub took it. */
  readonly onSent?: () => void;
  /** It was undone or refused. */
  readonly onBack?: () => void;
}

/** Answers it, wherever it is shown: held for a while, with a way back. */
export function useAnswer(
  question: QuestionRecord,
  { onSent, onBack }: Answering,
): (answer: Answer) => void {
  const send = useSend();
  const decide = useDecide();
  return useCallback(
    ({ choices, text }) =>
      decide({
        subject: `question/${question.id}`,
        what: `Answered ${question.asker}: ${sayAnswer({ choices, ...(text && { text }) })}`,
        async send() {
          const done = await send('question.answer', {
            question: question.id,
            choices: [...choices],
            ...(text && { text }),
          });
          if (done) onSent?.();
          return done;
        },
        ...(onBack && { onBack }),
      }),
    [question, send, decide, onSent, onBack],
  );
}

export function sayAnswer({ choices, text }: Answer): string {
  return [...choices, text].filter(Boolean).join(', ');
}
