import { SquareCheck } from 'lucide-react';
import { memo } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { useRecord } from '../../../hub/use-records.ts';
import { Count } from '../../../ui/badge.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { AgentDot, useWaitingOf } from '../../agents/index.ts';
import { NodeTag } from '../../cluster/index.ts';
import { PriorityMark } from '../priority-mark.tsx';
import { stageDots, stageTitles, typeTitles } from '../stage-words.ts';
import { useWaitsFor } from '../use-stories.ts';

/** All are as high, whatever they say: a column of thousands is laid out without measuring. */
export const cardPx = 88;

/** What a story is, in three lines. */
export const CardFace = memo(function CardFace({ story }: { story: StoryRecord }) {
  const title = toPlainLine(story.title);
  return (
    <div className="flex h-22 flex-col gap-0.5 overflow-hidden px-3 py-2">
      <span className="flex h-4 min-w-0 items-center gap-1.5 text-xs text-faint">
        <PriorityMark priority={story.priority} />
        <span className="shrink-0 font-mono">{story.id}</span>
        {story.type !== 'story' && <span className="shrink-0">{typeTitles[story.type]}</span>}
        <Labels labels={story.labels} />
        <RelativeTime
          atMs={story.sinceMs}
          prefix={`${stageTitles[story.place.stage]} for`}
          className="ml-auto"
        />
      </span>
      <span title={title} dir="auto" className="line-clamp-2 h-9 leading-4.5 wrap-anywhere">
        {title}
      </span>
      <span className="flex h-4 min-w-0 items-center gap-2 text-xs text-muted">
        <Standing story={story} />
        <CardWorker story={story} />
        <WaitsFor story={story} />
        <Criteria story={story} />
      </span>
    </div>
  );
});

function Labels({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return <UntrustedLine text={labels.join(', ')} className="text-muted" />;
}

/** Why it does not go on, where it does not. */
function Standing({ story: { place, mergeFailures } }: { story: StoryRecord }) {
  const failures = mergeFailures > 1 ? ` ×${mergeFailures}` : '';
  if (place.stage === 'merge_failed')
    return <Mark stage={place.stage} word={`${toPlainLine(place.kind)}${failures}`} />;
  if ('over' in place) {
    const reason = place.reason === undefined ? '' : `: ${toPlainLine(place.reason)}`;
    return (
      <Mark
        stage={place.stage}
        word={`${stageTitles[place.stage]}${reason}`}
        title={`${stageTitles[place.stage]}${reason}, was in ${stageTitles[place.over.stage]}`}
      />
    );
  }
  if (mergeFailures === 0 || place.stage === 'done') return null;
  return (
    <span className="shrink-0 text-red">
      {mergeFailures} failed {mergeFailures === 1 ? 'merge' : 'merges'}
    </span>
  );
}

interface MarkProps {
  stage: 'merge_failed' | 'blocked' | 'held' | 'frozen';
  word: string;
  title?: string;
}

function Mark({ stage, word, title = word }: MarkProps) {
  return (
    <span title={title} className="flex min-w-0 items-center gap-1">
      <StatusDot {...stageDots[stage]} word="" />
      <span className={classNames('truncate', toneOf[stage])}>{word}</span>
    </span>
  );
}

const toneOf = {
  merge_failed: 'text-red',
  blocked: 'text-amber',
  held: 'text-amber',
  frozen: 'text-blue',
} as const;

/** Its agent, or the machine that works on it. */
function CardWorker({ story: { agent, node, place, sinceMs } }: { story: StoryRecord }) {
  if (node !== undefined) return <NodeTag of={{ node, place, sinceMs }} />;
  return agent === undefined ? null : <CardAgent agent={agent} />;
}

function CardAgent({ agent: id }: { agent: string }) {
  const agent = useRecord('agent', id);
  const waiting = useWaitingOf(id);
  return (
    <span className="flex min-w-0 items-center gap-1">
      {agent && <AgentDot agent={agent} />}
      <span className="truncate" title={id}>
        {id}
      </span>
      <Count value={waiting} what="waiting for you" loud />
    </span>
  );
}

function WaitsFor({ story }: { story: StoryRecord }) {
  const words = useWaitsFor(story);
  if (words === '') return null;
  return (
    <span className="min-w-0 truncate text-amber" title={`Waits for ${words}`}>
      waits for {words}
    </span>
  );
}

function Criteria({ story: { criteriaDone, criteriaTotal } }: { story: StoryRecord }) {
  if (criteriaTotal === 0) return null;
  const isAll = criteriaDone === criteriaTotal;
  return (
    <span
      className={classNames(
        'ml-auto flex shrink-0 items-center gap-0.5',
        isAll ? 'text-green' : 'text-faint',
      )}
    >
      <SquareCheck size={12} strokeWidth={1.75} aria-hidden />
      {criteriaDone}/{criteriaTotal}
      <span className="sr-only"> criteria met</span>
    </span>
  );
}
