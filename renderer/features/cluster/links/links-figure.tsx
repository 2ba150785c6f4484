/** The links drawn: this Musher, whom it helps to the left, who helps it to the right. Small, and the same in every state. */
import { Server, ServerOff } from 'lucide-react';
import type { RendezvousLink } from '../../../../preload/contract/cluster-facts.ts';
import { meshOf, seenBy } from '../../../../preload/contract/mesh-links.ts';
import { standingOf } from '../../../../preload/contract/say-node.ts';
import { amendPlace } from '../../../shell/ui-state.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.ts';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import type { ShownNode } from '../use-nodes.ts';
import { type LineLook, type LinkRow, pictureOf, rendezvousLine } from './links-model.ts';
import { Cross, rowPx, strokeOf, toneOf } from './link-lines.tsx';
import { Mesh } from './mesh-figure.tsx';
import { peerRows } from './peer-rows.ts';
import { saySince } from './say-since.ts';

interface LinksFigureProps {
  shown: readonly ShownNode[];
  rendezvous: RendezvousLink | undefined;
}

const lookMs = 5_000;
const fanPx = 88;

export function LinksFigure({ shown, rendezvous }: LinksFigureProps) {
  const nowMs = useNow(lookMs);
  const sayTime = (atMs: number) => saySince(atMs, nowMs);
  const nodes = shown.map(({ node, link }) => ({
    ...{ id: node.id, label: node.label, standing: standingOf(node, link, nowMs) },
    ...{ isLinked: link?.isConnected ?? false, seenMs: link?.seenMs ?? 0 },
    ...{ peers: link?.self?.peers },
  }));
  const picture = pictureOf(
    nodes.map((node) => ({ ...node, seenBy: seenBy(node.id, nodes) })),
    sayTime,
  );
  const { isGrouped, summary } = picture;
  const rows = [...picture.rows, ...peerRows(rendezvous?.peers)];
  const places = new Map(rows.map(({ node }, at) => [node, at]));
  const mesh = isGrouped ? [] : meshOf(nodes.filter(({ id }) => places.has(id)));
  if (rows.length === 0 && rendezvous === undefined) return null;
  return (
    <figure aria-label="Links" className="flex min-w-0 items-center border-b px-4 py-3 text-sm">
      {picture.rows.length > 0 && <figcaption className="sr-only">{summary}</figcaption>}
      {rendezvous && <Above link={rendezvous} sayTime={sayTime} />}
      <Box>This Musher</Box>
      {rows.length > 0 && (
        <>
          <Fan rows={rows} />
          {mesh.length > 0 && <Mesh links={mesh} rows={rows.length} />}
          <ul className="min-w-0 flex-1">
            {rows.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </ul>
        </>
      )}
    </figure>
  );
}

function Box({ children }: { children: React.ReactNode }) {
  return (
    <span className="flex h-7 max-w-56 min-w-0 shrink-0 items-center rounded-md border border-line-strong bg-raised px-2 font-medium">
      {children}
    </span>
  );
}

/** The line to whom it helps carries its words: nothing stands at its other end. */
function Above({ link, sayTime }: { link: RendezvousLink; sayTime: (atMs: number) => string }) {
  const { look, words } = rendezvousLine(link, sayTime);
  return (
    <>
      <Box>
        <UntrustedLine text={link.url.replace(/^https?:\/\//, '')} />
      </Box>
      <span className="flex w-40 shrink-0 flex-col px-0.5">
        <span className={classNames('px-2 text-center text-xs', textOf[look])}>{words}</span>
        <svg aria-hidden="true" width="100%" height="12" className={toneOf[look]}>
          <line x1="0" x2="100%" y1="6" y2="6" {...strokeOf[look]} />
          {look === 'cut' && <Cross x="50%" y={6} />}
        </svg>
        {/* As high as the words, so that the line is in the middle. */}
        <span aria-hidden className="h-4" />
      </span>
    </>
  );
}

/** One line for each row, from the middle of this Musher. */
function Fan({ rows }: { rows: readonly LinkRow[] }) {
  const height = rows.length * rowPx;
  const from = height / 2;
  return (
    <svg
      aria-hidden="true"
      width={fanPx}
      height={height}
      viewBox={`0 0 ${fanPx} ${height}`}
      fill="none"
      className="shrink-0"
    >
      {rows.map(({ key, look }, at) => {
        const to = (at + 0.5) * rowPx;
        return (
          <g key={key} className={toneOf[look]}>
            <path
              d={`M2 ${from} C ${fanPx * 0.45} ${from}, ${fanPx * 0.35} ${to}, ${fanPx * 0.7} ${to} H ${fanPx - 4}`}
              {...strokeOf[look]}
            />
            {look === 'cut' && <Cross x={fanPx * 0.76} y={to} />}
          </g>
        );
      })}
    </svg>
  );
}

function Row({ row: { look, name, words, node } }: { row: LinkRow }) {
  const Mark = look === 'whole' ? Server : ServerOff;
  return (
    <li data-link={look} className="flex h-6 min-w-0 items-center gap-2">
      <Mark size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-faint" />
      {node === undefined ? (
        <span className="shrink-0 font-medium">{name}</span>
      ) : (
        <button
          type="button"
          title={name}
          className="max-w-48 min-w-0 truncate rounded-sm font-medium hover:underline"
          onClick={() => amendPlace(`node/${node}`)}
        >
          {name}
        </button>
      )}
      <span title={words} className={classNames('min-w-0 flex-1 truncate', textOf[look])}>
        {words}
      </span>
    </li>
  );
}

const textOf: Readonly<Record<LineLook, string>> = {
  whole: 'text-muted',
  cut: 'text-amber',
  rests: 'text-muted',
  unknown: 'text-muted',
};
