/** Files that are shown with a question: looked at when it is asked, and read when somebody opens them. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { Attachment, questions as contract } from '../../../preload/contract/questions.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { HubState, PrepareContext, QueryContext } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { requireVisible } from './require.ts';
import type { QuestionsPorts } from './ports.ts';
import type { QuestionsState } from './slice.ts';

/** Refused as a whole where one of them cannot be shown. */
export async function prepareAsk(
  { attachments }: QuestionsPorts,
  paths: readonly string[],
  { hub, actor }: PrepareContext,
): Promise<Result<readonly Attachment[]>> {
  const found = new Map<string, Attachment>();
  for (const path of new Set(paths)) {
    const worktree = worktreeOf(hub, agentIdOf(actor) ?? '');
    if (worktree === undefined) return refuse('ATTACHMENT_REFUSED', { path, why: noWorktree });
    const file = await attachments.read(worktree, path);
    found.set(file.path, { path: file.path, sizeBytes: file.sizeBytes, hash: file.hash });
  }
  return ok([...found.values()]);
}

type Show = QueryData<typeof contract, 'question.attachment'>;

export async function showAttachment(
  { attachments }: QuestionsPorts,
  { question: id, path }: Show,
  ctx: QueryContext<QuestionsState>,
): Promise<Result<QueryResult<typeof contract, 'question.attachment'>>> {
  const question = requireVisible(ctx.state, id, ctx.actor);
  if (!question.ok) return question;
  const { asker, attachments: all = [] } = question.value;
  const asked = all.find((one) => one.path === path);
  if (asked === undefined) {
    const known = listOrNone(all.map((one) => one.path));
    return refuse('ATTACHMENT_UNKNOWN', { question: id, path, known });
  }
  const worktree = worktreeOf(ctx.hub, asker);
  if (worktree === undefined) return refuse('ATTACHMENT_REFUSED', { path, why: noWorktree });
  const { sizeBytes, hash, text } = await attachments.read(worktree, path);
  return ok({
    ...{ path, sizeBytes, hasChanged: hash !== asked.hash },
    ...(text !== undefined && { text }),
  });
}

const noWorktree = 'is in a worktree that is gone';

function worktreeOf(hub: HubState, agent: string): string | undefined {
  return selectAgents(hub).byId.get(agent)?.worktreePath;
}
