import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { classNames } from '../../ui/class-names.ts';
import { priorityTitles } from './stage-words.ts';

type Priority = StoryRecord['priority'];

const looks: Readonly<Record<Priority, string>> = {
  critical: 'text-red',
  high: 'text-amber',
  normal: 'text-faint',
  low: 'text-faint',
};

interface PriorityMarkProps {
  priority: Priority;
  /** `urgent`: the word beside it only where it is more than normal. */
  word?: 'always' | 'urgent';
}

/** One bar for each step, and the word: never the colour alone. */
export function PriorityMark({ priority, word = 'urgent' }: PriorityMarkProps) {
  const title = priorityTitles[priority];
  const isSaid = word === 'always' || priority === 'critical' || priority === 'high';
  return (
    <span
      title={`${title} priority`}
      className={classNames('inline-flex shrink-0 items-center gap-1', looks[priority])}
    >
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" fill="currentColor">
        <Bars priority={priority} />
      </svg>
      <span className={isSaid ? '' : 'sr-only'}>{isSaid ? title : `${title} priority`}</span>
    </span>
  );
}

function Bars({ priority }: { priority: Priority }) {
  if (priority === 'critical')
    return <path d="M5 0 10 9.5H0zM4.4 3.4v3h1.2v-3zm0 3.8v1.2h1.2V7.2z" fillRule="evenodd" />;
  const bars = { low: 1, normal: 2, high: 3 }[priority];
  return [0, 1, 2].map((at) => (
    <rect
      key={at}
      x={at * 3.7}
      y={6 - at * 3}
      width="2.6"
      height={4 + at * 3}
      opacity={at < bars ? 1 : 0.3}
    />
  ));
}
