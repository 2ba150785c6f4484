import { standingOf } from '../../../preload/contract/say-node.ts';
import { useNow } from '../../ui/clock.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LoadBar } from './load-bar.tsx';
import { NodeName, Skew, Standing, Unknown, Version } from './node-cells.tsx';
import { NodeMenu } from './node-menu.tsx';
import type { ShownNode } from './use-nodes.ts';
import { NodeWork } from './work/node-work.tsx';
import { type StoryOnNode, useStoriesByNode } from './work/stories-by-node.ts';

interface NodeTableProps {
  shown: readonly ShownNode[];
  activeId: string | undefined;
}

const head = 'sticky top-0 z-10 bg-bg px-3 py-1.5 font-medium text-muted whitespace-nowrap';
const cell = 'px-3 py-2 align-top whitespace-nowrap';
/** Of widths that stay: ages that tick move nothing. */
const columns: readonly (readonly [title: string, className: string])[] = [
  ['Node', 'text-left'],
  ['State', 'w-36 text-left xl:w-48'],
  ['Heard', 'w-22 text-left xl:w-28'],
  ['Load', 'w-1/6 text-left xl:w-1/5'],
  ['Agents', 'w-18 text-right'],
  ['Version', 'w-28 text-left xl:w-36'],
];

/** One row for each, two lines high: what it is called and says of itself, and how it stands. */
export function NodeTable({ shown, activeId }: NodeTableProps) {
  const stories = useStoriesByNode();
  return (
    <div className="px-1">
      <table className="w-full min-w-184 table-fixed border-collapse border-b">
        <caption className="sr-only">Nodes</caption>
        <thead>
          <tr>
            {columns.map(([title, className]) => (
              <th key={title} scope="col" className={`${head} ${className}`}>
                {title}
              </th>
            ))}
            <th scope="col" className={`${head} w-11`}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <NodeRow
              key={one.node.id}
              shown={one}
              isActive={one.node.id === activeId}
              stories={stories.get(one.node.id) ?? none}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const none: readonly StoryOnNode[] = [];

interface NodeRowProps {
  shown: ShownNode;
  isActive: boolean;
  stories: readonly StoryOnNode[];
}

function NodeRow({ shown: { node, link }, isActive, stories }: NodeRowProps) {
  const standing = standingOf(node, link, useNow());
  const isOut = standing === 'revoked';
  const seenMs = isOut ? 0 : (link?.seenMs ?? 0);
  const self = isOut ? undefined : link?.self;
  // What it said last is not how it is.
  const isOld = standing !== 'connected' && standing !== 'draining';
  return (
    <>
      <tr
        data-active={isActive || undefined}
        data-standing={standing}
        ref={isActive ? toSight : undefined}
        className="group border-t hover:bg-hover data-active:bg-selected"
      >
        <NodeName node={node} />
        <td className={cell}>
          <Standing standing={standing} />
          {!isOut && <Skew link={link} />}
        </td>
        <td className={`${cell} text-muted`}>
          {seenMs === 0 ? (
            <Unknown words="never" />
          ) : (
            <RelativeTime atMs={seenMs} prefix="last heartbeat" withAgo />
          )}
        </td>
        <td className={cell}>{self ? <LoadBar self={self} isOld={isOld} /> : <Unknown />}</td>
        <td className={`${cell} text-right ${isOld ? 'text-faint' : ''}`}>
          {self ? self.agents : <Unknown />}
        </td>
        <td className={cell}>{self ? <Version version={self.version} /> : <Unknown />}</td>
        <td className="px-1 py-1 align-top">
          {!isOut && <NodeMenu id={node.id} label={node.label} />}
        </td>
      </tr>
      <NodeWork {...{ standing, link, stories, isActive }} columns={columns.length + 1} />
    </>
  );
}

/** Once, when it comes to be the chosen one. */
function toSight(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}
