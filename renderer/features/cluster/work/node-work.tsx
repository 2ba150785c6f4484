/** Below a node: its stories, where they stand there, and what keeps it from more. */
import { useState } from 'react';
import type { NodeLink } from '../../../../preload/contract/cluster-facts.ts';
import type { NodeStanding } from '../../../../preload/contract/node-standing.ts';
import {
  isAway,
  sayAway,
  sayFate,
  sayOtherVersion,
} from '../../../../preload/contract/say-node-work.ts';
import { useConnection } from '../../../hub/connection.ts';
import { useNow } from '../../../ui/clock.ts';
import { toPlainLine } from '../../../ui/plain-text.ts';
import type { StoryOnNode } from './stories-by-node.ts';
import { StoryRow } from './story-row.tsx';

interface NodeWorkProps {
  standing: NodeStanding;
  link: NodeLink | undefined;
  stories: readonly StoryOnNode[];
  isActive: boolean;
  columns: number;
}

const mostShown = 4;
const lookMs = 5_000;

export function NodeWork({ standing, link, stories, isActive, columns }: NodeWorkProps) {
  const [showsAll, setShowsAll] = useState(false);
  const notes = useNotes({ standing, link, count: stories.length });
  if (stories.length === 0 && notes.length === 0) return null;
  const shown = showsAll ? stories : stories.slice(0, mostShown);
  const more = stories.length - shown.length;
  return (
    <tr data-active={isActive || undefined} className="group data-active:bg-selected">
      <td colSpan={columns} className="px-3 pb-2.5">
        <div className="border-l pl-3">
          <ul aria-label="Stories it works on" hidden={shown.length === 0}>
            {shown.map((story) => (
              <StoryRow
                key={story.id}
                story={story}
                there={link?.work?.[story.id]}
                isOld={isAway(standing)}
              />
            ))}
          </ul>
          {more > 0 && (
            <button
              type="button"
              className="-mx-1 h-6 rounded-sm px-1 text-sm text-muted hover:underline"
              onClick={() => setShowsAll(true)}
            >
              {more} more
            </button>
          )}
          {notes.map(({ text, isLoud }) => (
            <p
              key={text}
              className={`py-0.5 text-sm wrap-anywhere ${isLoud ? 'text-amber' : 'text-muted'}`}
            >
              {text}
            </p>
          ))}
        </div>
      </td>
    </tr>
  );
}

interface Note {
  readonly text: string;
  readonly isLoud: boolean;
}

/** What becomes of its stories, why it takes none, and what is to be done about another version. */
function useNotes({
  standing,
  link,
  count,
}: Pick<NodeWorkProps, 'standing' | 'link'> & { count: number }): readonly Note[] {
  const nowMs = useNow(lookMs);
  const here = useConnection().version;
  if (standing === 'revoked') return [];
  const now = { label: '', standing, seenMs: link?.seenMs ?? 0, keepsMs: link?.keepsMs };
  const away = sayAway(now, nowMs);
  const fate = count > 0 && away ? `${away}: ${sayFate(now, nowMs, count)}` : undefined;
  const why = standing === 'connected' ? link?.self?.takesNothing : undefined;
  const version = sayOtherVersion(link?.self?.version, here);
  return [
    ...(fate === undefined ? [] : [{ text: sentence(fate), isLoud: true }]),
    // All its places taken is as it should be.
    ...(why === undefined
      ? []
      : [{ text: `Takes no story: ${toPlainLine(why)}`, isLoud: !why.endsWith('at work') }]),
    ...(version === undefined
      ? []
      : [{ text: `Its Musher: ${toPlainLine(version)}`, isLoud: true }]),
  ];
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
