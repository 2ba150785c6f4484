/** `musher status`: what `GET /status` says; needs no token. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { musherError } from '../base/result.ts';
import { isUnreachable } from './client.ts';
import { formatDuration } from './durations.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { statusPaint } from './format/agents.ts';
import { oneLine } from './format/plain-text.ts';
import { type Cell, table } from './format/table.ts';
import type { View } from './format/view.ts';
import type { Session } from './session.ts';

const agentSchema = z.looseObject({
  agent_id: z.string(),
  cli: z.string().nullish(),
  status: z.string().nullish(),
  last_seen_seconds: z.number().nullish(),
});

const statusSchema = z.looseObject({
  musher: z.literal(true),
  version: z.string(),
  uptime_seconds: z.number(),
  /** Folder of the repository; undefined when none is open. */
  repository: z.string().nullish(),
  agents: z.array(agentSchema),
});
type HubStatus = z.output<typeof statusSchema>;

export async function statusCommand(session: Session): Promise<ExitCode> {
  const raw = await session.client.status();
  const status = parseStatus(raw);
  await session.printEither(raw, () => formatStatus(status, session.view()));
  return exitCodes.ok;
}

/** Another program on the port, git-paw's own broker among them, is no Musher. */
function parseStatus(raw: unknown): HubStatus {
  const parsed = statusSchema.safeParse(raw);
  if (!parsed.success)
    throw musherError('HUB_UNREACHABLE', { url: 'that address (another program does)' });
  return parsed.data;
}

/** Whether a hub answers, and has that repository open when one is named. */
export async function hasRepositoryOpen(
  { client, io }: Session,
  repo: string | undefined,
): Promise<boolean> {
  try {
    const { repository } = parseStatus(await client.status());
    return repo === undefined || repository === resolve(io.folder, repo);
  } catch (error) {
    if (isUnreachable(error)) return false;
    throw error;
  }
}

function formatStatus(status: HubStatus, view: View): string {
  const up = formatDuration(Math.floor(status.uptime_seconds) * 1000);
  const repository = status.repository ? oneLine(status.repository) : 'no repository open';
  const head = `Musher ${oneLine(status.version)}, up ${up}\n${repository}`;
  if (status.agents.length === 0) return `${head}\n\nNo agents.`;
  const rows = status.agents.map((agent): Cell[] => [
    { text: agent.agent_id, paint: view.style.bold },
    agent.cli ?? '-',
    { text: agent.status ?? 'unknown', paint: statusPaint(agent.status ?? '', view.style) },
    agent.last_seen_seconds == null ? '-' : `${formatDuration(agent.last_seen_seconds * 1000)} ago`,
  ]);
  return `${head}\n\n${table(['AGENT', 'CLI', 'STATUS', 'SEEN'], rows, view)}`;
}
