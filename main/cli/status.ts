/** `musher status`: what `GET /status` says; needs no token. */
import { resolve } from 'node:path';
import { musherError } from '../base/result.ts';
import { isUnreachable } from './client.ts';
import { formatDuration } from './durations.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { statusPaint } from './format/agents.ts';
import { oneLine } from './format/plain-text.ts';
import { type Cell, table } from './format/table.ts';
import type { View } from './format/view.ts';
import type { Session } from './session.ts';

interface AgentLine {
  readonly agent_id: string;
  readonly cli?: string | null;
  readonly status?: string | null;
  readonly last_seen_seconds?: number | null;
}

interface HubStatus {
  readonly musher: true;
  readonly version: string;
  readonly uptime_seconds: number;
  /** Folders of the repositories that are open. */
  readonly repositories: readonly string[];
  readonly agents: readonly AgentLine[];
  /** Its projects are elsewhere. */
  readonly isGateway: boolean;
}

export async function statusCommand(session: Session): Promise<ExitCode> {
  const raw = await session.client.status();
  const status = parseStatus(raw);
  await session.printEither(raw, () => formatStatus(status, session.view()));
  return exitCodes.ok;
}

/**
 * By hand, since this command is the one that is asked most, and a schema costs more to load than the answer to read.
 * Another program on the port, git-paw's own broker among them, is no Musher.
 */
function parseStatus(raw: unknown): HubStatus {
  const { musher, version, uptime_seconds, agents, ...more } = (raw ?? {}) as Record<
    string,
    unknown
  >;
  const isMusher =
    musher === true &&
    typeof version === 'string' &&
    typeof uptime_seconds === 'number' &&
    Array.isArray(agents) &&
    agents.every(isAgentLine);
  if (!isMusher)
    throw musherError('HUB_UNREACHABLE', { url: 'that address (another program does)' });
  const isGateway = more.gateway === true;
  const repositories = repositoriesIn(more);
  return { musher, version, uptime_seconds, agents, repositories, isGateway };
}

/** A Musher of before said one repository; a newer one says its projects. */
function repositoriesIn({ projects, repository }: Record<string, unknown>): string[] {
  const named = Array.isArray(projects)
    ? projects.map((project: unknown) => (project as { repository?: unknown } | null)?.repository)
    : [repository];
  return named.filter((one) => typeof one === 'string');
}

function isAgentLine(value: unknown): value is AgentLine {
  const { agent_id, cli, status, last_seen_seconds } = (value ?? {}) as Record<string, unknown>;
  const isText = (field: unknown) => field == null || typeof field === 'string';
  const isAge = last_seen_seconds == null || typeof last_seen_seconds === 'number';
  return typeof agent_id === 'string' && isText(cli) && isText(status) && isAge;
}

/** Whether a hub answers, and has that repository open when one is named. */
export async function hasRepositoryOpen(
  { client, io }: Session,
  repo: string | undefined,
): Promise<boolean> {
  try {
    const { repositories } = parseStatus(await client.status());
    return repo === undefined || repositories.includes(resolve(io.folder, repo));
  } catch (error) {
    if (isUnreachable(error)) return false;
    throw error;
  }
}

function formatStatus(status: HubStatus, view: View): string {
  const up = formatDuration(Math.floor(status.uptime_seconds) * 1000);
  if (status.isGateway)
    return `The gateway of Musher ${oneLine(status.version)}, up ${up}\nIts projects: musher gateway list`;
  const open = status.repositories.map(oneLine).join('\n') || 'no repository open';
  const head = `Musher ${oneLine(status.version)}, up ${up}\n${open}`;
  if (status.agents.length === 0) return `${head}\n\nNo agents.`;
  const rows = status.agents.map((agent): Cell[] => [
    { text: agent.agent_id, paint: view.style.bold },
    agent.cli ?? '-',
    { text: agent.status ?? 'unknown', paint: statusPaint(agent.status ?? '', view.style) },
    agent.last_seen_seconds == null ? '-' : `${formatDuration(agent.last_seen_seconds * 1000)} ago`,
  ]);
  return `${head}\n\n${table(['AGENT', 'CLI', 'STATUS', 'SEEN'], rows, view)}`;
}
