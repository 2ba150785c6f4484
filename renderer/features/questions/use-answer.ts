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
  const give = useAnswerOf();
  return useCallback(
    (answer) => give(question, answer, { ...(onSent && { onSent }), ...(onBack && { onBack }) }),
    [question, give, onSent, onBack],
  );
}

type GiveAnswer = (question: QuestionRecord, answer: Answer, hooks?: Answering) => void;

/** The same for whichever question is answered. */
export function useAnswerOf(): GiveAnswer {
  const send = useSend();
  const decide = useDecide();
  return useCallback<GiveAnswer>(
    (question, { choices, text }, { onSent, onBack } = {}) =>
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
    [send, decide],
  );
}

export function sayAnswer({ choices, text }: Answer): string {
  return [...choices, text].filter(Boolean).join(', ');
}
