/** What comes in: `POST /publish` and `POST /watch`. */
import path from 'node:path';
import type { z } from 'zod';
import { MusherError, musherError } from '../../base/result.ts';
import { idempotencyKey } from '../capabilities.ts';
import type { Asking } from './asking.ts';
import { agentsOf, command, openQuestions, requireSelf, selfOf } from './asking.ts';
import { whoIs } from './names.ts';
import type { Wanted } from './to-command.ts';
import { toCommand } from './to-command.ts';
import {
  findPlaceholder,
  isPlaceholder,
  senderIn,
  watchSchema,
  wireMessageSchema,
} from './wire.ts';
import { sayIssue } from '../../base/say-issue.ts';

/** Resolves when what came of it is durable. */
export async function publish(asking: Asking): Promise<void> {
  const message = parse(wireMessageSchema, asking);
  const agents = await agentsOf(asking);
  const sender = requireSelf(asking, senderIn(message), agents);
  const unfilled = findPlaceholder(message);
  if (unfilled !== undefined) throw placeholder(unfilled);
  const questions = message.type === 'agent.answer' ? await openQuestions(asking) : [];
  await run(asking, toCommand(message, { sender, agents, questions }));
}

/** What is told twice under one name is one matter, also where its words differ. */
async function run(asking: Asking, wanted: Wanted): Promise<void> {
  try {
    await command(asking, { ...wanted, id: wanted.id ?? idempotencyKey(asking.request) });
  } catch (error) {
    const isTold = wanted.id !== undefined && isCode(error, 'COMMAND_ID_REUSED');
    if (!isTold) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof MusherError && error.wire.code === code;
}

/** An agent's worktree is watched from its beginning: there is nothing to begin, but much that could be wrong. */
export async function watch(asking: Asking): Promise<void> {
  const { agent_id: name, worktree_path: folder } = parse(watchSchema, asking);
  const agents = await agentsOf(asking);
  if (selfOf(asking) !== 'operator') requireSelf(asking, { field: 'agent_id', name }, agents);
  if (isPlaceholder(folder)) throw placeholder({ field: 'worktree_path', value: folder });
  const id = whoIs(name, agents);
  const agent = agents.find((one) => one.id === id);
  if (agent === undefined)
    throw invalid('agent_id', `expected one of ${agents.map((one) => one.id).join(', ')}`);
  const expected = agent.worktreePath;
  if (expected === undefined || path.resolve(folder) !== path.resolve(expected))
    throw invalid('worktree_path', `expected ${expected ?? 'nothing yet'}, of ${agent.id}`);
}

/** Throws CONTENT_TYPE_UNSUPPORTED, WIRE_INVALID with the field. */
function parse<Schema extends z.ZodType>(schema: Schema, { request }: Asking): z.output<Schema> {
  const found = request.headers['content-type'] ?? 'none';
  if (!/^application\/json\b/iu.test(found))
    throw musherError('CONTENT_TYPE_UNSUPPORTED', { found });
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(
    issue?.path.join('.') || 'body',
    issue === undefined ? 'is not valid' : sayIssue(issue, request.body),
  );
}

function invalid(field: string, reason: string): MusherError {
  return musherError('WIRE_INVALID', { path: field, reason });
}

function placeholder({ field, value }: { field: string; value: string }): MusherError {
  return musherError('PLACEHOLDER_UNFILLED', { path: field, value: value.slice(0, 200) });
}
