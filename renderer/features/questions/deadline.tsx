import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.ts';
import { formatAgeInWords, formatExact } from '../../ui/format-time.ts';
import { toPlainLine } from '../../ui/plain-text.ts';

/** When it ends by itself and what holds then; nothing for a question that waits for ever. */
export function Deadline({ question }: { question: QuestionRecord }) {
  const now = useNow();
  const { deadlineMs, defaultAnswer } = question;
  if (deadlineMs === undefined) return null;
  const words = deadlineMs > now ? `Ends in ${countDown(deadlineMs - now)}` : 'Ends now';
  const answer =
    defaultAnswer &&
    [...defaultAnswer.choices, defaultAnswer.text ?? ''].filter(Boolean).join(', ');
  return (
    <p
      className={classNames(
        'mt-3 text-sm',
        deadlineMs - now < soonMs ? 'text-amber' : 'text-muted',
      )}
      title={formatExact(deadlineMs)}
    >
      {words}
      {answer ? `, then “${toPlainLine(answer)}” holds` : ' without an answer'}
    </p>
  );
}

const soonMs = 60_000;
const hourMs = 3_600_000;

/** To the second within its last hour: `7:05`. */
function countDown(ms: number): string {
  if (ms >= hourMs) return formatAgeInWords(ms);
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;
}
