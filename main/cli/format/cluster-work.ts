/** What nodes work on; and as a node itself, what this Musher has claimed. */
import type { NodeRow } from '../../../preload/contract/cluster.ts';
import { standingOf } from '../../../preload/contract/say-node.ts';
import {
  claimWords,
  isAway,
  sayAway,
  sayClaim,
  sayFate,
  sayThere,
} from '../../../preload/contract/say-node-work.ts';
import type { ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Claims = ResultOf<'node.list'>['claims'];

/** One table of all their stories, and what becomes of those whose node is away. */
export function nodeWorkLines(nodes: readonly NodeRow[], view: View): string[] {
  const { bold } = view.style;
  const rows = nodes.flatMap(({ label, stories }) =>
    stories.map(({ story, title, claim, sinceMs, there }): Cell[] => [
      { text: story, paint: bold },
      label,
      ageOf(sinceMs, view),
      String(claim),
      sayThere(there) ?? '-',
      there?.agent ?? '-',
      title,
    ]),
  );
  if (rows.length === 0) return [];
  const header = ['STORY', 'NODE', 'SINCE', 'CLAIM', 'THERE', 'AGENT THERE', 'TITLE'];
  return [[table(header, rows, view), ...nodes.flatMap((node) => awayLine(node, view))].join('\n')];
}

function awayLine(node: NodeRow, view: View): string[] {
  const { label, link, stories } = node;
  const standing = standingOf(node, link, view.nowMs);
  if (stories.length === 0 || !isAway(standing)) return [];
  const now = { label, standing, seenMs: link?.seenMs ?? 0, keepsMs: link?.keepsMs };
  const which = stories.map(({ story }) => story).join(', ');
  const words = `${label}, ${sayAway(now, view.nowMs)}, has ${which}: ${sayFate(now, view.nowMs, stories.length)}.`;
  return [view.style.yellow(oneLine(words))];
}

export function ownClaimLines(claims: Claims, isConnected: boolean, view: View): string[] {
  if (claims.length === 0) return [];
  const { bold } = view.style;
  const rows = claims.map(({ id, local, state, reason, sinceMs, title }): Cell[] => [
    { text: id, paint: bold },
    local ?? '-',
    claimWords[state],
    ageOf(sinceMs, view),
    title,
    sayClaim({ state, reason }, isConnected),
  ]);
  const header = ['STORY THERE', 'HERE', 'STATE', 'SINCE', 'TITLE', 'NEXT'];
  return [['Its claims', table(header, rows, view)].join('\n')];
}
