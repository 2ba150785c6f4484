// A stand-in for the model behind a coding CLI: the streaming APIs as far as the CLIs use them. Its model calls one
// tool, the first of the wanted name, and says what came of it when it has the result; `wants` gives it another. It tells what
// each answer used, and it can fail as such services do.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ChatBody, chatCompletions, generateContent } from './model-chats.ts';
import { failAs, type ModelFault } from './model-faults.ts';
import { anthropicUsage, openaiUsage, type Usage, UsageBook } from './model-usage.ts';

export interface ModelApi {
  /** For ANTHROPIC_BASE_URL; with `/v1` behind it, of an OpenAI provider. */
  readonly url: string;
  /** Names of the tools that the CLI offered, of the newest turn that offered some. */
  tools(): readonly string[];
  /** The newest turn's request, whole: what the CLI told the model of what was said before. */
  asked(): string;
  /** What the tool answered, as the CLI told the model. */
  results(): readonly string[];
  /** What it calls in the turns from now on; undefined: nothing, it only says that it is done. */
  wants(turn: Turn | Play | undefined): void;
  /** What becomes of all that is asked from now on, instead of an answer; undefined: it answers again. */
  fails(fault: ModelFault | undefined): void;
  /** What all answers of this model used, of requests that offered tools: those are a conversation's. */
  used(model: string): Usage;
  /** How many requests came, of those. */
  calls(): number;
  close(): Promise<void>;
}

export interface Turn {
  /** Its name, with or without the server's before it: `report_status`. */
  readonly tool: string;
  readonly input: object;
}

/** By how many results the conversation has; undefined: it says that it is done. So it goes on where it was, whoever asks again. */
export type Play = (results: number) => Turn | undefined;

interface Offered {
  readonly name?: string;
  readonly namespace?: string;
  readonly tools?: readonly Offered[];
}

interface Body {
  readonly model?: string;
  readonly tools?: readonly Offered[];
  readonly messages?: ReadonlyArray<{ readonly role?: string; readonly content: unknown }>;
  readonly input?: ReadonlyArray<{
    readonly type?: string;
    readonly role?: string;
    readonly output?: unknown;
  }>;
}

export async function startModelApi(wanted: Turn | Play | undefined): Promise<ModelApi> {
  let turn = wanted;
  let fault: ModelFault | undefined;
  const book = new UsageBook();
  let tools: readonly string[] = [];
  let asked = '';
  const results: string[] = [];
  let calls = 0;
  let turns = 0;
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const offered = (body.tools ?? []).flatMap((one) => [one, ...(one.tools ?? [])]);
      if (offered.length > 0) {
        tools = offered.map(({ name = '' }) => name);
        asked = JSON.stringify(body);
      }
      calls += 1;
      if (offered.length > 0) turns += 1;
      if (fault !== undefined && isOfModel(request)) {
        failAs(response, fault);
        return;
      }
      const next = typeof turn === 'function' ? turn(resultsIn(body)) : turn;
      const isPlayed = typeof turn === 'function';
      const usage = book.next(body.model ?? '', offered.length > 0);
      const ask = { body, turn: next, isPlayed, results, call: calls, usage };
      answer(response, request.url ?? '', ask);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tools: () => tools,
    asked: () => asked,
    results: () => results,
    wants(next) {
      turn = next;
    },
    fails(next) {
      fault = next;
    },
    used: (model) => book.of(model),
    calls: () => turns,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(
  response: ServerResponse,
  path: string,
  asked: Asked & { readonly body: ChatBody },
): void {
  if (path.includes('count_tokens')) json(response, { input_tokens: 10 });
  else if (path.includes('/chat/completions')) chatCompletions(response, asked);
  else if (/generateContent/i.test(path)) generateContent(response, asked, path.includes('stream'));
  else if (path.includes('/messages')) anthropic(response, asked);
  else if (path.includes('/responses')) openai(response, asked);
  else json(response, { data: [] });
}

interface Asked {
  readonly body: Body;
  readonly turn: Turn | undefined;
  /** It says by itself what comes after a result; else that is that it is done. */
  readonly isPlayed: boolean;
  readonly usage: Usage;
  readonly results: string[];
  /** Names what is said in it: a CLI drops what it heard under the same name before. */
  readonly call: number;
}

function isOfModel({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && /messages|responses|completions|generateContent/i.test(url);
}

/** Of the whole conversation. */
function resultsIn({ messages = [], input = [] }: Body): number {
  const blocks = messages.flatMap(({ content }) => (Array.isArray(content) ? content : [])) as {
    readonly type?: string;
  }[];
  const found = [...blocks, ...input].filter(
    ({ type }) => type === 'tool_result' || type === 'function_call_output',
  );
  return found.length;
}

async function read(request: IncomingMessage): Promise<Body & ChatBody> {
  let text = '';
  for await (const part of request) text += String(part);
  return (text === '' ? {} : JSON.parse(text)) as Body & ChatBody;
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function stream(response: ServerResponse, events: ReadonlyArray<{ readonly type: string }>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events)
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

function wanted(
  offered: readonly Offered[] | undefined,
  turn: Turn | undefined,
): Offered | undefined {
  if (turn === undefined) return undefined;
  const { tool } = turn;
  for (const one of offered ?? []) {
    if (one.name === tool || one.name?.endsWith(`__${tool}`)) return one;
    const inner = wanted(one.tools, { tool, input: {} });
    if (inner !== undefined) return { ...inner, namespace: one.name ?? '' };
  }
  return undefined;
}

function anthropic(response: ServerResponse, asked: Asked): void {
  const { body, turn, results, call, isPlayed, usage: used } = asked;
  // What came of a tool can be followed by reminders of the CLI's own.
  const messages = body.messages ?? [];
  const at = messages.findLastIndex(({ role }) => role === 'assistant');
  const said = JSON.stringify(messages.slice(at + 1));
  const isResult = said.includes('"tool_result"');
  if (isResult) results.push(said);
  const tool = isResult && !isPlayed ? undefined : wanted(body.tools, turn);
  const block =
    tool === undefined
      ? { start: { type: 'text', text: '' }, delta: { type: 'text_delta', text: 'Done.' } }
      : {
          start: { type: 'tool_use', id: `toolu_${call}`, name: tool.name, input: {} },
          delta: { type: 'input_json_delta', partial_json: JSON.stringify(turn?.input) },
        };
  const usage = anthropicUsage(used);
  const message = {
    ...{ id: `msg_${call}`, type: 'message', role: 'assistant', model: body.model, content: [] },
    ...{ stop_reason: null, stop_sequence: null, usage },
  };
  const stop_reason = tool === undefined ? 'end_turn' : 'tool_use';
  stream(response, [
    { type: 'message_start', ...{ message } },
    { type: 'content_block_start', ...{ index: 0, content_block: block.start } },
    { type: 'content_block_delta', ...{ index: 0, delta: block.delta } },
    { type: 'content_block_stop', ...{ index: 0 } },
    { type: 'message_delta', ...{ delta: { stop_reason, stop_sequence: null }, usage } },
    { type: 'message_stop' },
  ]);
}

function openai(response: ServerResponse, asked: Asked): void {
  const { body, turn, results, call, isPlayed } = asked;
  const said = body.input ?? [];
  const at = said.findLastIndex(
    ({ type, role }) => type === 'function_call' || role === 'assistant',
  );
  const outputs = said.slice(at + 1).filter(({ type }) => type === 'function_call_output');
  for (const { output } of outputs) results.push(JSON.stringify(output));
  const tool = outputs.length > 0 && !isPlayed ? undefined : wanted(body.tools, turn);
  const item =
    tool === undefined
      ? {
          ...{ type: 'message', role: 'assistant', id: `msg_${call}` },
          content: [{ type: 'output_text', text: 'Done.' }],
        }
      : {
          ...{ type: 'function_call', id: `fc_${call}`, call_id: `call_${call}`, name: tool.name },
          ...(tool.namespace === undefined ? {} : { namespace: tool.namespace }),
          arguments: JSON.stringify(turn?.input),
        };
  const usage = openaiUsage(asked.usage);
  stream(response, [
    { type: 'response.created', ...{ response: { id: `resp_${call}` } } },
    { type: 'response.output_item.done', ...{ output_index: 0, item } },
    { type: 'response.completed', ...{ response: { id: `resp_${call}`, usage } } },
  ]);
}
