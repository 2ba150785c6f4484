/** One story of a node: where it stands there, who works on it, and the way to watch that. */
import { Eye } from 'lucide-react';
import type { WorkThere } from '../../../../preload/contract/cluster-facts.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { StageMark } from '../../stories/index.ts';
import { watchStory } from '../terminal/watch-ui.ts';
import type { StoryOnNode } from './stories-by-node.ts';

interface StoryRowProps {
  story: StoryOnNode;
  there: WorkThere | undefined;
  isOld: boolean;
}

export function StoryRow({ story, there, isOld }: StoryRowProps) {
  const { id, title, node, sinceMs } = story;
  return (
    <li className="flex h-6 min-w-0 items-center gap-2 text-sm">
      <button
        type="button"
        className="flex min-w-0 items-center gap-2 rounded-sm hover:underline"
        onClick={() => navigate('stories', id)}
      >
        <code className="shrink-0 text-muted">{id}</code>
        <UntrustedLine text={title} />
      </button>
      <span
        className={`ml-auto flex shrink-0 items-center gap-2 ${isOld ? 'text-faint' : 'text-muted'}`}
      >
        {there?.agent !== undefined && (
          <UntrustedLine text={there.agent} className="max-w-40 text-right" />
        )}
        <span className="flex w-24 min-w-0">
          {there?.state === 'verified' ? (
            <StatusDot shape="check" tone={isOld ? 'muted' : 'green'} word="Ready" showWord />
          ) : (
            <StageMark stage={there?.stage} isOld={isOld} />
          )}
        </span>
        <span className="w-8 text-right text-faint" title={`Claim ${node.claim}`}>
          <RelativeTime atMs={sinceMs} prefix="for" />
        </span>
        <IconButton
          icon={Eye}
          label={`Watch its terminal, ${id}`}
          className="size-6"
          onClick={() => watchStory(id)}
        />
      </span>
    </li>
  );
}
