// A caller of the hub over HTTP, as anybody: the operator, an agent, or nobody at all.

import { once } from 'node:events';
import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined when it is not JSON. */
  readonly body: unknown;
}

export interface Send {
  readonly method?: string;
  /** Set over the usual ones; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as it is; anything but text and bytes as JSON. */
  readonly body?: unknown;
}

export interface MusherClient {
  /** The command's result. Rejects with the hub's error. `key`: makes a retry safe. */
  command<Result = Record<string, unknown>>(
    type: string,
    data: object,
    key?: string,
  ): Promise<Result>;
  query<Result = Record<string, unknown>>(type: string, data?: object): Promise<Result>;
  /** The bare exchange, whatever comes of it. */
  send(path: string, send?: Send): Promise<Answer>;
}

/** What the hub refused with. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly mend: string;
  constructor(status: number, error: { code?: string; message?: string; mend?: string }) {
    super(`${error.code}: ${error.message}`);
    this.status = status;
    this.code = error.code ?? '';
    this.mend = error.mend ?? '';
  }
}

/** Without a token nobody; `base` may hold a capability path. */
export function musherClient(base: string, token?: string): MusherClient {
  const send = (path: string, what: Send = {}) => exchange(base + path, token, what);
  const call = async (type: string, data: object, key?: string) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const answer = await send(`/v1/${type}`, { body: data, headers });
    if (answer.status === 200) return answer.body;
    throw new Refused(answer.status, (answer.body as { error?: object } | undefined)?.error ?? {});
  };
  return {
    async command<Result>(type: string, data: object, key?: string) {
      return ((await call(type, data, key)) as { result: Result }).result;
    },
    async query<Result>(type: string, data: object = {}) {
      return (await call(type, data)) as Result;
    },
    send,
  };
}

/** By node:http, because fetch sets Host and Origin itself and follows redirects. */
async function exchange(url: string, token: string | undefined, what: Send): Promise<Answer> {
  const { body } = what;
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...what.headers,
  };
  const asked = request(url, {
    method: what.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
  });
  asked.end(body === undefined ? undefined : isRaw ? body : JSON.stringify(body));
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: answer.statusCode, headers: answer.headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
