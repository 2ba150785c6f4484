import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { useNow } from '../../ui/clock.ts';
import { formatAgeInWords, formatExact } from '../../ui/format-time.ts';
import { toPlainLine } from '../../ui/plain-text.ts';

/** When it ends by itself and what holds then; nothing for a question that waits for ever. */
export function Deadline({ question }: { question: QuestionRecord }) {
  const now = useNow();
  const { deadlineMs, defaultAnswer } = question;
  if (deadlineMs === undefined) return null;
  const words = deadlineMs > now ? `Ends in ${formatAgeInWords(deadlineMs - now)}` : 'Ends now';
  const answer =
    defaultAnswer &&
    [...defaultAnswer.choices, defaultAnswer.text ?? ''].filter(Boolean).join(', ');
  return (
    <p className="mt-3 text-sm text-muted" title={formatExact(deadlineMs)}>
      {words}
      {answer ? `, then “${toPlainLine(answer)}” holds` : ' without an answer'}
    </p>
  );
}
