/** The registry as tools for models: whatever a contract spells as one, for the role that calls. */
import type { CallToolResult, Tool as ListedTool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { CommandDef, QueryDef, ToolSpelling } from '../../../preload/contract/define.ts';
import { mayUse } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { assert } from '../../base/assert.ts';
import { MusherError, musherError } from '../../base/result.ts';
import type { Door } from '../../hub/door.ts';
import { sayIssue } from '../../base/say-issue.ts';

export interface Registry {
  readonly commands: ReadonlyMap<string, CommandDef>;
  readonly queries: ReadonlyMap<string, QueryDef>;
}

export interface Tool {
  readonly spelling: ToolSpelling;
  readonly type: string;
  readonly def: CommandDef;
  readonly kind: 'command' | 'query';
  /** Of a command with an outcome: what waits for it. */
  readonly outcome: { readonly type: string; readonly def: QueryDef } | undefined;
}

/** By name. A name that two capabilities claim is a bug. */
export function toolsOf({ commands, queries }: Registry): ReadonlyMap<string, Tool> {
  const tools = new Map<string, Tool>();
  for (const [kind, defs] of [
    ['command', commands],
    ['query', queries],
  ] as const) {
    for (const [type, def] of defs) {
      const { tool: spelling } = def;
      if (spelling === undefined) continue;
      assert(!tools.has(spelling.name), `Two tools are called ${spelling.name}`);
      const outcome = outcomeOf(spelling, queries);
      tools.set(spelling.name, { spelling, type, def, kind, outcome });
    }
  }
  return tools;
}

function outcomeOf({ outcome, name }: ToolSpelling, queries: Registry['queries']) {
  if (outcome === undefined) return undefined;
  const def = queries.get(outcome.query);
  assert(def, `The tool ${name} waits for ${outcome.query}, which is no query`);
  return { type: outcome.query, def };
}

export function listTools(tools: ReadonlyMap<string, Tool>, actor: Actor): ListedTool[] {
  return [...tools.values()].filter(({ def }) => mayUse(def, actor)).map(listedOf);
}

/** Made once: a schema takes long to describe itself. */
const listed = new WeakMap<Tool, ListedTool>();

function listedOf(tool: Tool): ListedTool {
  const known = listed.get(tool) ?? toListed(tool);
  listed.set(tool, known);
  return known;
}

function toListed({ spelling, def, kind, outcome }: Tool): ListedTool {
  const { name, description, isDestructive = false } = spelling;
  const input = objectSchema(def.data, 'input');
  if (outcome !== undefined)
    Object.assign(input.properties, {
      waitMs: objectSchema(outcome.def.data, 'input').properties.waitMs,
    });
  return {
    name,
    title: def.summary,
    description,
    inputSchema: input,
    outputSchema: objectSchema((outcome?.def ?? def).result, 'output'),
    annotations: {
      title: def.summary,
      readOnlyHint: kind === 'query',
      destructiveHint: isDestructive,
      // Under one id of the protocol a command is done once.
      idempotentHint: kind === 'query',
      // Everything stays on this machine.
      openWorldHint: false,
    },
  };
}

interface ObjectSchema {
  type: 'object';
  properties: Record<string, object>;
  required?: string[];
  [key: string]: unknown;
}

function objectSchema(schema: z.core.$ZodType, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  assert(json.type === 'object', 'Data and result of a tool are objects');
  return { properties: {}, ...json } as unknown as ObjectSchema;
}

export interface ToolCall {
  readonly caller: { readonly actor: Actor; readonly project: { readonly door: Door } };
  readonly data: Readonly<Record<string, unknown>>;
  /** The same for a retry. */
  readonly commandId: string;
  /** Aborts when the client goes or takes the request back. */
  readonly signal: AbortSignal;
}

/** What the hub refuses is an answer to the model, who can mend it; a defect is thrown. */
export async function callTool(tool: Tool, call: ToolCall): Promise<CallToolResult> {
  try {
    const result = await run(tool, call);
    return {
      content: [{ type: 'text', text: textOf(result) }],
      structuredContent: result,
    };
  } catch (error) {
    if (!(error instanceof MusherError)) throw error;
    const { code, message, mend } = error.wire;
    return { content: [{ type: 'text', text: `${code}: ${message} ${mend}` }], isError: true };
  }
}

type Result = Record<string, unknown>;

/** For models that read text alone; an empty object would look as if something were missing. */
function textOf(result: Result): string {
  return Object.keys(result).length === 0 ? 'Done.' : JSON.stringify(result);
}

async function run(tool: Tool, call: ToolCall): Promise<Result> {
  const { caller, data, signal } = call;
  const { actor } = caller;
  const { door } = caller.project;
  if (tool.kind === 'query')
    return (await door.query({ type: tool.type, data, signal }, actor)) as Result;
  const { waitMs = 0, ...own } = data;
  if (tool.outcome !== undefined) requireWait(tool, waitMs);
  const command = {
    type: tool.type,
    data: tool.outcome === undefined ? data : own,
    id: call.commandId,
  };
  const receipt = await door.dispatch(command, actor, signal);
  const { outcome } = tool.spelling;
  if (outcome === undefined) return receipt.result as Result;
  const subject = (receipt.result as Result)[outcome.subject];
  const ask = { type: outcome.query, data: { [outcome.subject]: subject, waitMs }, signal };
  return (await door.query(ask, actor)) as Result;
}

/** Before anything is done: a wait that is refused after the command would look as if nothing had happened. */
function requireWait({ type, outcome, spelling }: Tool, waitMs: unknown): void {
  const subject = spelling.outcome?.subject ?? '';
  const data = { [subject]: 'any', waitMs };
  const issue = outcome && z.safeParse(outcome.def.data, data).error?.issues[0];
  if (issue === undefined) return;
  const reason = sayIssue(issue, data);
  throw musherError('BODY_INVALID', { path: 'waitMs', reason, type });
}
