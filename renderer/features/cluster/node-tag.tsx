/** Who works on a story where that is another machine: in every place where else its agent stands. */
import { Server, ServerOff } from 'lucide-react';
import type {
  StoryNode,
  StoryNodeNow,
  StoryRecord,
} from '../../../preload/contract/story-facts.ts';
import { standingOf } from '../../../preload/contract/say-node.ts';
import { isAway, sayAwayBriefly, sayNodeWork } from '../../../preload/contract/say-node-work.ts';
import { useLive, useRecord } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.ts';
import { formatTimeOfDay } from '../../ui/format-time.ts';

/** How often it is looked whether one is lost, where many are in sight. */
const lookMs = 5_000;

export interface NodeOfStory {
  readonly node: StoryNode;
  readonly now: StoryNodeNow;
  readonly isAway: boolean;
  /** In few words why nothing is heard of it. */
  readonly away: string | undefined;
  /** Whole: who works on it since when, or what becomes of it. */
  readonly words: string;
}

type Of = Pick<StoryRecord, 'place' | 'sinceMs'> & { readonly node: StoryNode };

export function useNodeOfStory({ node, place, sinceMs }: Of): NodeOfStory {
  const record = useRecord('node', node.id);
  const link = useLive('nodeLink', node.id);
  const nowMs = useNow(lookMs);
  const { label, state } = record ?? { label: node.id, state: 'revoked' as const };
  const standing = standingOf({ state }, link, nowMs);
  const now = { label, standing, seenMs: link?.seenMs ?? 0, keepsMs: link?.keepsMs };
  // Beside the line it is since when it stands there, and not since when its node has it.
  const since = place.stage === 'coding' ? formatTimeOfDay(sinceMs) : undefined;
  return {
    ...{ node, now, isAway: isAway(standing), away: sayAwayBriefly(now, nowMs) },
    words: sayNodeWork(node, { ...now, since }, nowMs),
  };
}

/** What a node is called, for headings and lists that know its id. */
export function NodeLabel({ id }: { id: string }) {
  const label = useRecord('node', id)?.label ?? id;
  return <>{label === id ? id : `${label} (${id})`}</>;
}

/** Where nothing may be pressed: on a card. */
export function NodeTag({ of }: { of: Of }) {
  const told = useNodeOfStory(of);
  return (
    <span title={told.words} className="flex min-w-0 items-center gap-1">
      <TagFace told={told} size={12} />
    </span>
  );
}

/** The same as a way to the node. `isBrief`: nothing else says why it is away. */
export function NodeLink({ of, isBrief = false }: { of: Of; isBrief?: boolean }) {
  const told = useNodeOfStory(of);
  return (
    <button
      type="button"
      title={told.words}
      className="flex min-w-0 items-center gap-1.5 rounded-sm hover:underline"
      onClick={() => showNode(told.node.id)}
    >
      <TagFace told={told} size={isBrief ? 14 : 16} withId={!isBrief} />
    </button>
  );
}

export function showNode(id: string): void {
  navigate('nodes', `node/${id}`);
}

interface TagFaceProps {
  told: NodeOfStory;
  size: number;
  withId?: boolean;
}

/** One that is away has another mark, other words and another colour. Of a long name the end is left out, and not why nothing is heard. */
function TagFace({ told, size, withId = false }: TagFaceProps) {
  const { node, now, away } = told;
  const Mark = told.isAway ? ServerOff : Server;
  const tone = told.isAway && 'text-amber';
  return (
    <>
      <Mark
        size={size}
        strokeWidth={1.75}
        aria-hidden
        className={classNames('shrink-0', tone || 'text-faint')}
      />
      <span className="sr-only">node </span>
      <span className={classNames('min-w-6 truncate', tone, withId && 'font-medium')}>
        {now.label}
      </span>
      {withId && now.label !== node.id && (
        <code className="shrink-0 text-sm text-faint">{node.id}</code>
      )}
      {away !== undefined && !withId && (
        <span className={classNames('truncate', tone)}>{away}</span>
      )}
    </>
  );
}
