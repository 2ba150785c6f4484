/** Who is connected with whom, as it is drawn: each node by itself while they are few, else by how they stand. Pure. */
import type { RendezvousLink } from '../../../../preload/contract/cluster-facts.ts';
import type { NodeStanding } from '../../../../preload/contract/node-standing.ts';

/** `cut`: dashed, with a cross; `rests`: dashed; `unknown`: dotted. Told apart without colour. */
export type LineLook = 'whole' | 'cut' | 'rests' | 'unknown';

export interface LinkedNode {
  readonly id: string;
  readonly label: string;
  readonly standing: NodeStanding;
  /** Its link is there, whatever is heard over it. */
  readonly isLinked: boolean;
  readonly seenMs: number;
  /** Nodes that see it, by their labels. */
  readonly seenBy?: readonly string[];
}

export interface LinkRow {
  readonly key: string;
  readonly look: LineLook;
  readonly name: string;
  readonly words: string;
  /** Of one node alone. */
  readonly node?: string;
}

export interface LinksPicture {
  readonly rows: readonly LinkRow[];
  readonly isGrouped: boolean;
  /** All of it in a sentence, for who does not see it. */
  readonly summary: string;
}

/** Drawn by themselves. */
const mostAlone = 8;
/** Named in a group; with a time behind each, fewer have place. */
const mostNamed = { cut: 3, others: 6 } as const;

type SayTime = (atMs: number) => string;

export function pictureOf(nodes: readonly LinkedNode[], sayTime: SayTime): LinksPicture {
  const known = nodes.filter(({ standing }) => standing !== 'revoked');
  const isGrouped = known.length > mostAlone;
  const rows = isGrouped
    ? groupRows(known, sayTime)
    : known.map((node): LinkRow => {
        const { id, label, standing } = node;
        return {
          ...{ key: id, name: label, node: id },
          ...{ look: lookOf(standing), words: wordsOf(node, sayTime) },
        };
      });
  return { rows, isGrouped, summary: summaryOf(known, sayTime) };
}

const looks: Readonly<Record<NodeStanding, LineLook>> = {
  connected: 'whole',
  draining: 'whole',
  disconnected: 'cut',
  lost: 'cut',
  stopped: 'rests',
  unheard: 'unknown',
  revoked: 'unknown',
};

export function lookOf(standing: NodeStanding): LineLook {
  return looks[standing];
}

function wordsOf(node: LinkedNode, sayTime: SayTime): string {
  const { standing, seenMs, isLinked } = node;
  switch (lookOf(standing)) {
    case 'whole':
      return standing === 'draining' ? 'connected, being stopped' : 'connected';
    case 'cut':
      return `${isLinked ? 'silent' : 'cut off'} since ${sayTime(seenMs)}${sayPeers(node)}`;
    case 'rests':
      return `stopped since ${sayTime(seenMs)}`;
    default:
      return 'not heard yet';
  }
}

/** It goes on with them, and is not lost. */
function sayPeers({ seenBy = [] }: LinkedNode): string {
  return seenBy.length === 0 ? '' : `, but ${seenBy.join(' and ')} can see it`;
}

const groupNames: Readonly<Record<LineLook, string>> = {
  whole: 'connected',
  cut: 'cut off',
  rests: 'stopped',
  unknown: 'not heard yet',
};

/** What is cut off is named with since when, the newest first; of what is connected a number is enough. */
function groupRows(nodes: readonly LinkedNode[], sayTime: SayTime): LinkRow[] {
  return (Object.keys(groupNames) as LineLook[]).flatMap((look): LinkRow[] => {
    const own = nodes.filter(({ standing }) => lookOf(standing) === look);
    if (own.length === 0) return [];
    // The others stay in their places while heartbeats come in.
    const isCut = look === 'cut';
    const sorted = isCut ? own.toSorted((a, b) => b.seenMs - a.seenMs) : own;
    const named = sorted.slice(0, isCut ? mostNamed.cut : mostNamed.others);
    const words = named.map(({ label, seenMs }) =>
      isCut ? `${label} since ${sayTime(seenMs)}` : label,
    );
    const more = own.length - named.length;
    return [
      {
        ...{ key: look, look, name: `${own.length} ${groupNames[look]}` },
        words: more > 0 ? `${words.join(', ')} and ${more} more` : words.join(', '),
      },
    ];
  });
}

function summaryOf(nodes: readonly LinkedNode[], sayTime: SayTime): string {
  const total = nodes.length;
  const count = nodes.filter(({ standing }) => lookOf(standing) === 'whole').length;
  const cut = nodes.filter(({ standing }) => lookOf(standing) === 'cut');
  const of = `${count} of ${total} ${total === 1 ? 'node is' : 'nodes are'} connected with this Musher`;
  if (cut.length === 0) return `${of}.`;
  const named = cut
    .slice(0, mostNamed.others)
    .map((node) => `${node.label}, ${wordsOf(node, sayTime)}`)
    .join('; ');
  const more = cut.length - Math.min(cut.length, mostNamed.others);
  return `${of}. Not: ${named}${more > 0 ? `; and ${more} more` : ''}.`;
}

/** How this Musher stands with whom it helps, as the line between the two. */
export function rendezvousLine(
  { state, sinceMs }: Pick<RendezvousLink, 'state' | 'sinceMs'>,
  sayTime: SayTime,
): { readonly look: LineLook; readonly words: string } {
  return {
    connecting: { look: 'unknown' as const, words: 'connecting' },
    connected: { look: 'whole' as const, words: 'connected' },
    offline: { look: 'cut' as const, words: `cut off since ${sayTime(sinceMs)}` },
    refused: { look: 'cut' as const, words: `refused since ${sayTime(sinceMs)}` },
  }[state];
}
