/** The terminal of who works on a story at a node, as it is there: to be read, and not to be typed into. */
import { ArrowLeft, Eye, Server } from 'lucide-react';
import { useState } from 'react';
import { nodeTerminalId } from '../../../../preload/contract/node-terminals.ts';
import type { StoryNode, StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { useConnection } from '../../../hub/connection.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { useIsLoaded, useLive, useRecord } from '../../../hub/use-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { isAppKey, useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { useNow } from '../../../ui/clock.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { StageMark } from '../../stories/index.ts';
import { type SessionState, TerminalLookButton, TerminalView } from '../../terminals/index.ts';
import { NodeLink, useNodeOfStory } from '../node-tag.tsx';
import { useCameFrom } from './watch-ui.ts';
import { sayWatched } from './watch-words.ts';

type StoryAtNode = StoryRecord & { readonly node: StoryNode };

export function WatchPage({ id }: { id: string }) {
  const story = useRecord('story', id);
  const isLoaded = useIsLoaded();
  // Whoever watches goes on seeing what was shown last when the story has come back from its node.
  const [node, setNode] = useState(story?.node);
  if (story?.node !== undefined && story.node.id !== node?.id) setNode(story.node);
  const back = useBack(id, story?.node ?? node);
  useShortcuts([{ keys: 'Escape', run: back }]);
  if (!isLoaded) return null;
  if (story === undefined || node === undefined) return <Nobody id={id} onBack={back} />;
  return <Watch story={{ ...story, node: story.node ?? node }} onBack={back} />;
}

/** To where it was opened: its story, or its node. */
function useBack(id: string, node: StoryNode | undefined): () => void {
  const from = useCameFrom((state) => state.view);
  return () => {
    if (from === 'stories') navigate('stories', id);
    else navigate('nodes', node && `node/${node.id}`);
  };
}

const lookMs = 5_000;

function Watch({ story, onBack }: { story: StoryAtNode; onBack: () => void }) {
  const { id, node } = story;
  const { bridge } = useHub();
  const isLive = useConnection().state === 'live';
  const { now } = useNodeOfStory(story);
  const there = useLive('nodeLink', node.id)?.work?.[id];
  const nowMs = useNow(lookMs);
  const [tries, setTries] = useState(0);
  const terminal = nodeTerminalId(node.id, id);
  const say = (state: SessionState, hasScreen: boolean) =>
    sayWatched(state, { now, nowMs, hasScreen, hasAgent: there?.agent !== undefined });
  return (
    <>
      <WatchHeader story={story} onBack={onBack} />
      <TerminalView
        key={`${terminal} ${tries}`}
        agentTerminalId={terminal}
        bridge={bridge}
        label={`Terminal of ${id} at ${now.label}, read-only`}
        isReconnecting={!isLive}
        isAppKey={isAppKey}
        watched={{ say, onAgain: () => setTries((before) => before + 1) }}
      />
    </>
  );
}

function WatchHeader({ story, onBack }: { story: StoryAtNode; onBack: () => void }) {
  const { id, title, node } = story;
  const there = useLive('nodeLink', node.id)?.work?.[id];
  const { isAway } = useNodeOfStory(story);
  return (
    <header className="flex h-bar shrink-0 items-center gap-3 border-b pr-4 pl-2">
      <IconButton icon={ArrowLeft} label="Back" shortcut="Escape" onClick={onBack} />
      <h1 className="flex min-w-0 items-center gap-2">
        <button
          type="button"
          className="flex min-w-0 items-center gap-2 rounded-sm hover:underline"
          onClick={() => navigate('stories', id)}
        >
          <code className="shrink-0 text-muted">{id}</code>
          <UntrustedLine text={title} className="font-medium" />
        </button>
      </h1>
      <span className="flex min-w-0 shrink-0 items-center gap-2 text-sm text-muted">
        <StageMark stage={there?.stage} isOld={isAway} />
        {there?.agent !== undefined && (
          <UntrustedLine text={`by ${there.agent}`} className="max-w-48" />
        )}
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-2">
        <span className="max-w-56 min-w-0">
          <NodeLink of={story} isBrief />
        </span>
        <Badge>
          <Eye size={12} strokeWidth={1.75} aria-hidden />
          Read-only
        </Badge>
        <TerminalLookButton />
      </span>
    </header>
  );
}

function Nobody({ id, onBack }: { id: string; onBack: () => void }) {
  return (
    <>
      <header className="flex h-bar shrink-0 items-center gap-3 border-b pr-4 pl-2">
        <IconButton icon={ArrowLeft} label="Back" shortcut="Escape" onClick={onBack} />
        <h1 className="font-mono text-muted">{id}</h1>
      </header>
      <EmptyState icon={Server} title={`No node works on ${id}`}>
        It has no terminal on another machine. Its page says who works on it, and what became of it.
      </EmptyState>
    </>
  );
}
