/**
 * `musher hook … --payload`: for hooks of coding CLIs. Reads the JSON that they hand over, takes from it what Musher is told,
 * and says nothing and ends well whatever happens: some CLIs read a hook's words and its exit code as an order.
 */
import { conversationIdPattern } from '../../preload/contract/conversation-id.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { askPermission, toolUseOf } from './hook-permission.ts';
import { readStdin } from './stdin.ts';

export const hookConvenience: Convenience = {
  declare: (command) =>
    command
      .option('--payload', 'Read the hook’s JSON from stdin; print nothing, and end well')
      .option(
        '--permission',
        'With --payload: ask the operator for what the hook is about, wait, and print the decision',
      ),
  run: (run) => (run.options.payload === true ? tellQuietly(run) : tellPlainly(run)),
};

async function tellPlainly({ session, capability, data }: CapabilityRun): Promise<ExitCode> {
  await session.print(capability.type, await session.client.command(capability.type, data));
  return exitCodes.ok;
}

async function tellQuietly(run: CapabilityRun): Promise<ExitCode> {
  const { session, capability, data } = run;
  try {
    const text = await readStdin(session.io.stdin);
    const told = readPayload(text, String(data.event));
    await session.client.command(capability.type, { ...told, ...data });
    await tellOfTool(run, parse(text));
    if (data.event === 'idle') await tellOfContext(run, parse(text));
    await tellOfUsage(run, parse(text));
  } catch {
    // Musher is away, or knows this agent no more: its CLI goes on.
  }
  return exitCodes.ok;
}

/** A tool that was used was allowed; one that is to be used may have to be. */
async function tellOfTool({ session, options }: CapabilityRun, payload: Payload): Promise<void> {
  const use = toolUseOf(payload);
  if (use === undefined) return;
  if (options.permission === true) await askPermission(session, use);
  else if (payload.hook_event_name === 'PostToolUse') {
    const { tool, input } = use;
    await session.client.command('permission.ran', { tool, input });
  }
}

/** How large its conversation is, where the CLI names its own record of it. */
async function tellOfContext({ session }: CapabilityRun, payload: Payload): Promise<void> {
  if (payload.transcript_path === undefined) return;
  const { contextIn } = await import('./transcript.ts');
  const contextTokens = await contextIn(payload.transcript_path, session.io.env);
  if (contextTokens !== undefined) await session.client.command('agent.usage', { contextTokens });
}

/** What it used, where the CLI names its own record: at the end of a turn, at a start, and now and then while it works. */
async function tellOfUsage({ session, data }: CapabilityRun, payload: Payload): Promise<void> {
  const isPaced = data.event === 'busy' && payload.hook_event_name === 'PostToolUse';
  const isWanted = isPaced || ['idle', 'session', 'limit'].includes(String(data.event));
  if (!isWanted || payload.transcript_path === undefined) return;
  const { findRecords } = await import('./usage-records/find-records.ts');
  const { tellUsage } = await import('./usage-records/tell-usage.ts');
  const files = await findRecords(payload.transcript_path, session.io.env);
  await tellUsage({ client: session.client, files, isPaced });
}

type Payload = Readonly<Record<string, unknown>>;

export interface Told {
  readonly sessionId?: string;
  readonly detail?: string;
  readonly tool?: true;
  readonly failed?: true;
}

const detailChars = 500;

/** Each CLI spells it in its own way; what is not there is not told. */
export function readPayload(text: string, event: string): Told {
  const payload = parse(text);
  const sessionId = first(payload, ['session_id', 'sessionId', 'sessionID', 'thread-id']);
  const isId = sessionId !== undefined && conversationIdPattern.test(sessionId);
  const detail = detailOf(payload, event)?.slice(0, detailChars);
  const isFailed = event === 'waiting' && isFailure(payload);
  const isTool = event === 'busy' && first(payload, ['tool_name', 'toolName']) !== undefined;
  return {
    ...(isId && { sessionId }),
    ...(detail !== undefined && { detail }),
    ...(isTool && { tool: true }),
    ...(isFailed && { failed: true }),
  };
}

/** A turn that ended without an answer. */
function isFailure(payload: Payload): boolean {
  return payload.hook_event_name === 'StopFailure';
}

function detailOf(payload: Payload, event: string): string | undefined {
  if (event !== 'limit' && isFailure(payload))
    return first(payload, ['last_assistant_message', 'error_details', 'error']);
  if (event === 'session') return first(payload, ['source']);
  if (event === 'limit')
    return first(payload, ['error_details', 'last_assistant_message', 'error']);
  if (event !== 'waiting') return undefined;
  const tool = first(payload, ['tool_name', 'toolName']);
  // That it waits was told with the tool before; the reminder knows less.
  if (tool === undefined)
    return payload.notification_type === 'permission_prompt'
      ? undefined
      : first(payload, ['message']);
  const wish = wishOf(payload.tool_input ?? payload.toolInput ?? payload.toolArgs);
  return wish === undefined ? tool : `${tool}: ${wish}`;
}

/** What a tool is to do, as far as one line can say it. */
function wishOf(input: unknown): string | undefined {
  if (typeof input === 'string') return wishOf(parse(input));
  const wanted = (input ?? {}) as Payload;
  return first(wanted, ['command', 'file_path', 'path', 'url', 'pattern', 'description']);
}

function first(payload: Payload, names: readonly string[]): string | undefined {
  const found = names.map((name) => payload[name]).find((value) => typeof value === 'string');
  return found === '' ? undefined : (found as string | undefined);
}

function parse(text: string): Payload {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Payload) : {};
  } catch {
    return {};
  }
}
