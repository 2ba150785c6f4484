/** Reviews as their readers get them: a model first of all. Each comment has its place, its lines and its words, in this order. */
import { type CommitDoubt, doubtWords } from '../../../preload/contract/commit-doubt.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { reviews as contract } from '../../../preload/contract/reviews.ts';
import { sayPlace } from './decide.ts';

type Submitted = EventData<typeof contract, 'review.submitted'>;
type Thread = Submitted['threads'][number];

export function sayReview(data: Submitted): string {
  const { review, approval, title, pin, verdict, body, threads } = data;
  const verdictLine =
    verdict === 'request-changes'
      ? 'Changes are requested; the approval is denied.'
      : 'These are comments; the approval is not decided by them.';
  const head = `Review ${review} of "${title}" (${approval}, commit ${pin.commit.slice(0, 10)}). ${verdictLine}`;
  const parts = [head, body, ...threads.map(sayThread), threads.length === 0 ? '' : howToAnswer];
  return parts.filter((part) => part !== '').join('\n\n');
}

const howToAnswer =
  'Answer each thread: `musher review reply <thread> "…"`, with --done --commit <id> once it is mended, or by the tool reply_review. Then ask for approval of the new commit.';

function sayThread({ thread, path, side, startLine, line, quote, text }: Thread): string {
  const where = sayPlace({ path, startLine, line });
  const note = side === 'old' ? ' (before the change)' : '';
  const lines = quote.map((one) => `> ${one}`);
  const count = line === undefined ? 0 : line - (startLine ?? line) + 1;
  const more = count > quote.length ? [`> … ${count - quote.length} more`] : [];
  return [`[${thread}] ${where}${note}`, ...lines, ...more, text].join('\n');
}

interface Said {
  readonly thread: string;
  readonly agent: string;
  readonly path: string;
  readonly line?: number;
  readonly text?: string;
  readonly commit?: string;
  readonly doubt?: CommitDoubt;
}

const by = ({ actor }: EventEnvelope) => agentIdOf(actor) ?? actor;
const at = ({ thread, path, line }: Said) => `[${thread}] ${sayPlace({ path, line })}`;
const inCommit = ({ commit, doubt }: Said) =>
  commit === undefined
    ? ''
    : ` in ${commit}${doubt === undefined ? '' : ` (${doubtWords[doubt]})`}`;

export const describeReviews: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'review.submitted': ({ data }) => sayReview(data as Submitted),
  'review.replied': (event) => {
    const said = event.data as Said;
    return `Reply of ${by(event)} to ${at(said)}${inCommit(said)}:\n${said.text ?? ''}`;
  },
  'review.resolved': (event) => {
    const said = event.data as Said;
    const what = event.actor === 'operator' ? 'Closed' : `${by(event)} says that it is done`;
    return `${what}${inCommit(said)}: ${at(said)}.`;
  },
  'review.reopened': ({ data }) => `Opened again: ${at(data as Said)}. It is not done yet.`,
};
