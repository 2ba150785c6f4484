// The stand-in's model in the two other words that CLIs speak: chat completions of OpenAI's kind, and Gemini's. As in `model-api.ts`
// it calls one tool, and says that it is done when it has the result.

import type { ServerResponse } from 'node:http';
import type { Turn } from './model-api.ts';

export interface ChatBody {
  readonly model?: string;
  readonly stream?: boolean;
  readonly tools?: ReadonlyArray<{
    readonly function?: { readonly name?: string };
    readonly functionDeclarations?: ReadonlyArray<{ readonly name?: string }>;
  }>;
  readonly messages?: ReadonlyArray<{ readonly role?: string; readonly content?: unknown }>;
  readonly contents?: readonly object[];
}

export interface Chat {
  readonly body: ChatBody;
  readonly turn: Turn | undefined;
  readonly results: string[];
  readonly call: number;
}

/** `POST /v1/chat/completions`. */
export function chatCompletions(
  response: ServerResponse,
  { body, turn, results, call }: Chat,
): void {
  const last = body.messages?.at(-1);
  const isResult = last?.role === 'tool';
  if (isResult) results.push(JSON.stringify(last.content));
  const isOffered = body.tools?.some((one) => one.function?.name === turn?.tool) === true;
  const isCall = !isResult && turn !== undefined && isOffered;
  const made = { name: turn?.tool, arguments: JSON.stringify(turn?.input) };
  const tool_calls = [{ index: 0, id: `call_${call}`, type: 'function', function: made }];
  const delta = isCall
    ? { role: 'assistant', content: null, tool_calls }
    : { role: 'assistant', content: 'Done.' };
  const base = {
    id: `chat_${call}`,
    object: 'chat.completion.chunk',
    created: 1,
    model: body.model,
  };
  const finish_reason = isCall ? 'tool_calls' : 'stop';
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  sse(response, [
    { ...base, choices: [{ index: 0, delta, finish_reason: null }] },
    { ...base, choices: [{ index: 0, delta: {}, finish_reason }], usage },
  ]);
}

/** `POST …:generateContent` and `…:streamGenerateContent`. Without tools it is asked to judge, and answers in JSON. */
export function generateContent(
  response: ServerResponse,
  { body, turn, results }: Chat,
  isStream: boolean,
): void {
  const offered = (body.tools ?? []).flatMap((one) => one.functionDeclarations ?? []);
  const last = JSON.stringify(body.contents?.at(-1) ?? {});
  const isResult = last.includes('"functionResponse"');
  if (isResult) results.push(last);
  const isCall = !isResult && offered.some(({ name }) => name === turn?.tool);
  const judged =
    '{"complexity_reasoning":"x","complexity_score":10,"reasoning":"x","next_speaker":"user"}';
  const part = isCall
    ? { functionCall: { name: turn?.tool, args: turn?.input } }
    : { text: offered.length > 0 ? 'Done.' : judged };
  const said = {
    candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  };
  if (isStream) sse(response, [said]);
  else {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said));
  }
}

function sse(response: ServerResponse, said: readonly object[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const one of said) response.write(`data: ${JSON.stringify(one)}\n\n`);
  response.end();
}
