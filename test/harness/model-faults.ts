// How the stand-in of the model fails: as services of models do, in their words.

import type { ServerResponse } from 'node:http';

export type ModelFault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: object }
  /** Says nothing, and keeps the connection. */
  | 'hangs'
  /** Begins an answer, and the connection breaks. */
  | 'breaks';

export function failAs(response: ServerResponse, fault: ModelFault): void {
  if (fault === 'hangs') return;
  if (fault === 'breaks') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: ping\ndata: {"type":"ping"}\n\n', () => response.destroy());
    return;
  }
  const { status, headers = {}, body } = fault;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** In the words of Anthropic’s API. */
export function anthropicError(type: string, message: string): object {
  return { type: 'error', error: { type, message }, request_id: 'req_1' };
}

/** The account takes no more until then, Unix seconds: its API says so in headers. */
export function usageLimit(resetsAt: number): ModelFault {
  const headers = {
    'retry-after': '3600',
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-reset': String(resetsAt),
    'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    'anthropic-ratelimit-unified-overage-status': 'rejected',
  };
  const message = 'This request would exceed your account’s rate limit. Please try again later.';
  return { status: 429, headers, body: anthropicError('rate_limit_error', message) };
}

export const refusedKey: ModelFault = {
  status: 401,
  body: anthropicError('authentication_error', 'invalid x-api-key'),
};
