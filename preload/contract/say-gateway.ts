/** Words and numbers of the gateway for whoever has no schemas: the command line starts without them. */
import { clusterTimes } from './cluster-times.ts';
import type { ProjectLink, ProjectStatus } from './gateway-facts.ts';

/** Where a gateway listens unless told otherwise. */
export const gatewayPort = 9129;
/** A registration token: this, and 32 random bytes as base64url. */
export const registerTokenPrefix = 'gt1.';

/** Least first: each lets the gateway do what those before it do. */
export const mcpGrants = ['none', 'read', 'act'] as const;
export type McpGrant = (typeof mcpGrants)[number];

export const grantWords: Readonly<Record<McpGrant, string>> = {
  none: 'status alone',
  read: 'status, and MCP tools that only read',
  act: 'status, and all MCP tools of an operator',
};

/** A project that is not heard for longer is shown as lost, milliseconds. */
export const projectLostMs = clusterTimes.lostAfterMs;

export type ProjectStanding = 'connected' | 'away' | 'lost' | 'unheard';

export const projectStandings: Readonly<Record<ProjectStanding, string>> = {
  connected: 'connected',
  away: 'away',
  lost: 'lost',
  unheard: 'not heard yet',
};

/** `unheard`: not since the gateway started. A link that is there and silent counts for nothing. */
export function standingOfProject(
  link: Pick<ProjectLink, 'isConnected' | 'seenMs'> | undefined,
  nowMs: number,
): ProjectStanding {
  if (link === undefined || link.seenMs === 0) return 'unheard';
  if (nowMs - link.seenMs > projectLostMs) return 'lost';
  return link.isConnected ? 'connected' : 'away';
}

export interface RegisterCommands {
  /** In a terminal of the project's Musher, on the gateway's machine. */
  readonly here: string;
  /** Where the project is on another machine: it runs there for as long as it is registered. */
  readonly tunnel: string;
}

/** `port`: where the gateway listens. */
export function registerCommands(token: string, port: number): RegisterCommands {
  return {
    here: `musher register --gateway http://127.0.0.1:${port} --join ${token}`,
    tunnel: `ssh -N -L ${port}:127.0.0.1:${port} you@this-machine`,
  };
}

type Counts = Readonly<Partial<Record<string, number>>>;

function said(counts: Counts, order: readonly string[], words: Words = {}): string {
  const of = (key: string) => counts[key] ?? 0;
  return order
    .filter((key) => of(key) > 0)
    .map((key) => `${of(key)} ${words[key]?.(of(key)) ?? key.replaceAll('_', ' ')}`)
    .join(', ');
}

type Words = Readonly<Record<string, (count: number) => string>>;

const agentOrder = ['blocked', 'waiting', 'working', 'idle', 'done', 'unknown', 'stopped'];

/** `2 working, 1 idle`; empty where there are none. */
export function sayAgents({ agents }: Pick<ProjectStatus, 'agents'>): string {
  return said(agents, agentOrder);
}

const stageOrder = [
  ...['blocked', 'merge_failed', 'coding', 'qa', 'merge'],
  ...['backlog', 'held', 'frozen', 'done'],
];
const stageWords = { qa: () => 'in QA', merge: () => 'in merge' };

/** `2 coding, 1 in QA, 4 backlog`; empty where there are none. */
export function sayStories({ stories }: Pick<ProjectStatus, 'stories'>): string {
  return said(stories, stageOrder, stageWords);
}

const kindWords: Words = {
  question: (n) => (n === 1 ? 'question' : 'questions'),
  approval: (n) => (n === 1 ? 'approval' : 'approvals'),
  permission: (n) => (n === 1 ? 'permission' : 'permissions'),
  message: (n) => (n === 1 ? 'message' : 'messages'),
  story: (n) => (n === 1 ? 'story' : 'stories'),
};
const kindOrder = ['question', 'permission', 'approval', 'story', 'message'];

/** `2 questions, 1 approval and 3 more`; empty where nothing waits. Kinds that this version has no word for are more. */
export function sayWaiting({ waiting }: Pick<ProjectStatus, 'waiting'>): string {
  const known = said(waiting.kinds, kindOrder, kindWords);
  const named = kindOrder.reduce((sum, kind) => sum + (waiting.kinds[kind] ?? 0), 0);
  const more = waiting.total - named;
  if (more <= 0) return known;
  return known === '' ? `${more} ${more === 1 ? 'thing' : 'things'}` : `${known} and ${more} more`;
}
