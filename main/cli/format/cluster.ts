import type { NodeRow } from '../../../preload/contract/cluster.ts';
import { meshOf } from '../../../preload/contract/mesh-links.ts';
import { joinCommands } from '../../../preload/contract/say-join.ts';
import { type NodeStanding, nodeStandings } from '../../../preload/contract/node-standing.ts';
import {
  rendezvousStates,
  sayLoad,
  saySkew,
  standingOf,
} from '../../../preload/contract/say-node.ts';
import { nodeWorkLines, ownClaimLines } from './cluster-work.ts';
import { formatDuration } from '../durations.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

type List = ResultOf<'node.list'>;
type Rendezvous = NonNullable<List['rendezvous']>;

export const clusterFormats = {
  // Only of a token that was made elsewhere; else main/cli/join-token.ts prints it.
  'node.invite': ({ invite, expiresMs }, view) =>
    `${oneLine(invite)} may be used once, and expires ${ageOf(expiresMs, view)}. Take it back: musher nodes uninvite ${oneLine(invite)}`,
  'node.uninvite': ({ invite }) => `${oneLine(invite)} is taken back: nobody joins by it.`,
  'node.revoke': ({ node }) =>
    `${oneLine(node)} is locked out. Its own agents go on there until somebody stops them; it can join anew with a fresh token.`,
  'node.rename': ({ node }) => `${oneLine(node)} has its new name.`,
  'node.list': (list, view) => formatNodes(list, view),
} satisfies Formatters;

/** The nodes, then what waits to be used, then who this Musher helps itself. */
function formatNodes({ nodes, invites, rendezvous, claims }: List, view: View): string {
  const isHelping = rendezvous !== undefined || claims.length > 0;
  const parts = [
    nodes.length === 0 && !isHelping ? noNodes(invites.length) : '',
    nodes.length === 0 ? '' : nodeTable(nodes, view),
    ...nodeWorkLines(nodes, view),
    meshLines(nodes, view),
    ...(invites.length === 0 ? [] : [inviteLines(invites, view)]),
    ...(rendezvous === undefined ? [] : [rendezvousLines(rendezvous, view)]),
    ...ownClaimLines(claims, rendezvous?.state === 'connected', view),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function noNodes(invites: number): string {
  return invites > 0 ? '' : 'No nodes. Let a machine join: musher join-token --label attic';
}

function nodeTable(nodes: readonly NodeRow[], view: View): string {
  const rows = nodes.map((node): Cell[] => {
    const { id, label, host, platform, link } = node;
    const { self, seenMs = 0 } = link ?? {};
    return [
      { text: id, paint: view.style.bold },
      label,
      standingCell(standingOf(node, link, view.nowMs), view),
      seenMs === 0 ? '-' : ageOf(seenMs, view),
      self === undefined ? '-' : sayLoad(self),
      self === undefined ? '-' : String(self.agents),
      self === undefined ? '-' : self.version,
      `${host} ${platform}`,
    ];
  });
  const header = ['ID', 'LABEL', 'STATE', 'HEARD', 'LOAD', 'AGENTS', 'VERSION', 'HOST'];
  const told = nodes.flatMap((node) => notesOf(node, view));
  return [table(header, rows, view), ...told].join('\n');
}

/** What the row has no place for: clocks that differ, and why it takes nothing. */
function notesOf(node: NodeRow, view: View): string[] {
  const { id, label, link } = node;
  const standing = standingOf(node, link, view.nowMs);
  const why = standing === 'connected' ? link?.self?.takesNothing : undefined;
  const words = [saySkew(link), why && `takes no story: ${oneLine(why)}`];
  return words.flatMap((one) =>
    one ? [view.style.yellow(`${oneLine(`${id} ${label}`)}: ${one}.`)] : [],
  );
}

function standingCell(standing: NodeStanding, { style }: View): Cell {
  const paints: Readonly<Record<NodeStanding, Style[keyof Style]>> = {
    connected: style.green,
    draining: style.yellow,
    stopped: style.dim,
    disconnected: style.yellow,
    lost: style.red,
    unheard: style.dim,
    revoked: style.dim,
  };
  return { text: nodeStandings[standing], paint: paints[standing] };
}

/** Who sees whom, as nodes say it that are heard. */
function meshLines(nodes: readonly NodeRow[], { nowMs, style }: View): string {
  const all = nodes.map((node) => {
    const { id, label, link } = node;
    return { id, label, standing: standingOf(node, link, nowMs), peers: link?.self?.peers };
  });
  const nameAt = (at: number) => oneLine(all[at]?.label ?? '');
  const lines = meshOf(all).map(({ from, to, look }) => {
    const [one, other] = [nameAt(from), nameAt(to)];
    return look === 'whole'
      ? `  ${one} and ${other} see each other`
      : style.yellow(`  ${one} and ${other} cannot reach each other`);
  });
  return lines.length === 0 ? '' : ['Links between nodes', ...lines].join('\n');
}

function inviteLines(invites: List['invites'], view: View): string {
  const lines = invites.map(({ invite, label, expiresMs }) => {
    const whose = label === undefined ? '' : ` for ${oneLine(label)}`;
    const isOver = expiresMs <= view.nowMs;
    return `  ${view.style.bold(oneLine(invite))}${whose} ${isOver ? 'has expired' : `expires ${ageOf(expiresMs, view)}`}`;
  });
  return ['Join tokens that wait to be used', ...lines].join('\n');
}

function rendezvousLines(link: Rendezvous, view: View): string {
  const { url, node, label, state, sinceMs, retryMs, error, stories, peers = {} } = link;
  const { bold, green, red, yellow } = view.style;
  const paint = { connecting: yellow, connected: green, offline: yellow, refused: red }[state];
  const as = `${oneLine(label)} (${oneLine(node)})`;
  const next = retryMs === undefined ? '' : `, tries again ${ageOf(retryMs, view)}`;
  const knows = `${stories} ${stories === 1 ? 'story' : 'stories'} known`;
  return [
    `This Musher is a node of ${bold(oneLine(url))}, as ${as}`,
    `  ${paint(rendezvousStates[state])} ${sinceWords(sinceMs, view)}${next}; ${knows}`,
    ...Object.values(peers).map((peer) =>
      peer.state === 'linked'
        ? `  linked with ${oneLine(peer.label)}, another node`
        : yellow(`  ${oneLine(peer.label)}, another node, cannot be reached`),
    ),
    ...(error === undefined ? [] : [red(`  ${oneLine(error.message)} ${oneLine(error.mend)}`)]),
  ].join('\n');
}

export function sinceWords(sinceMs: number, view: View): string {
  const age = ageOf(sinceMs, view);
  return age === 'now' ? 'just now' : `for ${age.replace(/ ago$/, '')}`;
}

export interface MadeToken {
  readonly token: string;
  readonly invite: string;
  readonly label?: string | undefined;
  readonly expiresMs: number;
  /** Where this Musher answers. */
  readonly port: number;
  /** Where nodes come in by the network, if they do. */
  readonly nodesAt?: string | undefined;
}

/** The token alone on its line, and what to type where. It is our own text, and is not cut. */
export function formatJoinToken(made: MadeToken, view: View): string {
  const { bold, dim } = view.style;
  const { tunnel, join, joinHere, joinByNetwork } = joinCommands(made.token, made);
  const invite = oneLine(made.invite);
  const whose = made.label === undefined ? '' : ` for ${oneLine(made.label)}`;
  return [
    `Join token ${invite}${whose}: it works once, expires in ${leftWords(made.expiresMs - view.nowMs)}, and is shown no more.`,
    `  ${bold(made.token)}`,
    '',
    ...(joinByNetwork === undefined
      ? ['On the other machine, as long as it helps:']
      : [
          'On the other machine, in a clone of this repository:',
          `  ${joinByNetwork}`,
          'or by a tunnel, as long as it helps:',
        ]),
    `  ${tunnel}`,
    'and there, in a clone of this repository:',
    `  ${join}`,
    ...(joinHere === undefined ? [] : ['On this machine no tunnel is needed:', `  ${joinHere}`]),
    dim(`Take it back: musher nodes uninvite ${invite}`),
  ].join('\n');
}

/** What was asked for a moment ago: `1h`, not the 59 minutes that are whole. */
export function leftWords(leftMs: number): string {
  return formatDuration(Math.max(1, Math.round(leftMs / 60_000)) * 60_000);
}
