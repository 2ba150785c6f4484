/**
 * `musher mcp`: Musher's MCP server for clients that know stdio alone. A line is a message; each goes on to `/mcp` over
 * HTTP, and what comes back goes to stdout. Nothing is understood here but the beginning of a session, which is begun
 * anew by itself when Musher was restarted.
 */
import { sleep } from '../base/clock.ts';
import { reasonOf } from '../base/result.ts';
import { readEvents } from './event-stream.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type Opened, open, readJson } from './http.ts';
import type { Io } from './io.ts';
import { readLines } from './lines.ts';
import type { Target } from './target.ts';

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly requestId?: string | number };
  readonly result?: { readonly protocolVersion?: string };
}

/** Of one stream: whether the answer was among it, and the event that another one would follow on. */
interface Seen {
  readonly isAnswered: boolean;
  readonly last?: string;
}

const accept = 'application/json, text/event-stream';
const retryMs = 1_000;
const lostAnswer = 'The answer was lost with the connection; ask again';
const parseError = -32700;
const internalError = -32603;

/** Until stdin ends. */
export async function bridgeMcp(io: Io, target: Target): Promise<ExitCode> {
  const bridge = new McpBridge(io, target);
  for await (const line of readLines(io.stdin)) {
    if (line.trim() !== '') await bridge.take(line);
  }
  await bridge.end();
  return exitCodes.ok;
}

class McpBridge {
  private readonly io: Io;
  private readonly target: Target;
  private readonly ended = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  /** The line that began the session, to begin it anew. */
  private first: string | undefined;
  private session: string | undefined;
  private renewing: Promise<void> | undefined;
  /** The lines that asked to watch a resource, by its address. */
  private readonly watched = new Map<string, string>();
  /** Requests that get no answer, because their client wants none any more. */
  private readonly takenBack = new Set<string | number>();
  private protocol: string | undefined;
  private isListening = false;

  constructor(io: Io, target: Target) {
    this.io = io;
    this.target = target;
  }

  /** Resolves when the next line may be taken: requests wait beside each other, a beginning goes before all. */
  async take(line: string): Promise<void> {
    const message = parse(line);
    if (message === undefined) return this.fail(null, parseError, 'A line is one JSON-RPC message');
    const work = this.pass(line, message)
      .catch((error: unknown) => this.lost(message, error))
      .finally(() => message.id !== undefined && this.takenBack.delete(message.id));
    if (message.method === 'initialize') {
      this.first = line;
      await work;
    } else this.watch(work);
  }

  /** What is still waited for is given up. */
  async end(): Promise<void> {
    const { session } = this;
    if (session !== undefined) await this.send('DELETE').catch(() => undefined);
    this.ended.abort();
    await Promise.all(this.underWay);
  }

  private watch(work: Promise<void>): void {
    const known = work.finally(() => this.underWay.delete(known));
    this.underWay.add(known);
  }

  private async pass(line: string, message: Message): Promise<void> {
    const { method, params } = message;
    if (method === 'notifications/cancelled' && params?.requestId !== undefined)
      this.takenBack.add(params.requestId);
    if (method === 'resources/subscribe' && params?.uri) this.watched.set(params.uri, line);
    if (method === 'resources/unsubscribe' && params?.uri) this.watched.delete(params.uri);
    await this.tell(await this.post(line), message);
    if (method === 'notifications/initialized' && !this.isListening) {
      this.isListening = true;
      this.watch(this.listen());
    }
  }

  /** A session that Musher does not know any more is begun anew, once for all who find out at the same time. */
  private async post(line: string): Promise<Opened> {
    await this.renewing;
    const { session } = this;
    const answer = await this.send('POST', line);
    if (answer.status !== 404 || session === undefined || this.first === undefined) return answer;
    if (this.session === session) {
      this.renewing = this.renew(this.first).finally(() => {
        this.renewing = undefined;
      });
    }
    await this.renewing;
    return this.send('POST', line);
  }

  /** With what was watched in the old one. Its client hears nothing of it. */
  private async renew(first: string): Promise<void> {
    const before = this.session;
    this.session = undefined;
    const initialized = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
    try {
      for (const line of [first, initialized, ...this.watched.values()])
        await this.tell(await this.send('POST', line), undefined);
    } finally {
      // It did not come to be: the next line finds out again, and tries again.
      this.session ??= before;
    }
  }

  private async send(
    method: 'GET' | 'POST' | 'DELETE',
    text?: string,
    headers: Record<string, string> = {},
  ): Promise<Opened> {
    const own = {
      accept,
      ...(this.session === undefined ? {} : { 'mcp-session-id': this.session }),
      ...(this.protocol === undefined ? {} : { 'mcp-protocol-version': this.protocol }),
    };
    const { signal } = this.ended;
    const path = '/mcp';
    const ask = { method, path, headers: { ...own, ...headers }, signal };
    return open(this.target, text === undefined ? ask : { ...ask, text });
  }

  /** What came for a message; for none, only the session that it begins is taken from it. */
  private async tell(answer: Opened, message: Message | undefined): Promise<void> {
    const { status, headers, body } = answer;
    const session = headers['mcp-session-id'];
    if (typeof session === 'string') this.session = session;
    if (status >= 400) {
      const said = sayError(await readJson(body, this.target));
      if (message?.id !== undefined) await this.fail(message.id, internalError, said);
      return;
    }
    if (headers['content-type']?.includes('text/event-stream')) await this.stream(answer, message);
    else await this.tellWhole(body, message);
  }

  private async tellWhole(body: Opened['body'], message: Message | undefined): Promise<void> {
    let text = '';
    for await (const part of body) text += part;
    if (message !== undefined && text !== '') await this.write(text);
  }

  /** A stream that breaks before the answer came is taken up where it broke. */
  private async stream(answer: Opened, message: Message | undefined): Promise<void> {
    let seen: Seen = await this.follow(answer, message);
    while (!seen.isAnswered && this.isWanted(message) && seen.last !== undefined) {
      await sleep(this.io.clock, retryMs, this.ended.signal);
      const again = await this.send('GET', undefined, { 'last-event-id': seen.last });
      if (again.status >= 400) throw new Error(lostAnswer);
      seen = { last: seen.last, ...(await this.follow(again, message)) };
    }
    if (this.isWanted(message) && !seen.isAnswered) throw new Error(lostAnswer);
  }

  private isWanted(message: Message | undefined): boolean {
    return message?.id !== undefined && !this.takenBack.has(message.id);
  }

  /** To its end, or to the answer. Throws when it is cut off before anything came that it could be taken up after. */
  private async follow({ body }: Opened, message: Message | undefined): Promise<Seen> {
    let last: string | undefined;
    try {
      for await (const { id, data } of readEvents(body)) {
        if (id !== '') last = id;
        if (data === '') continue;
        this.learn(data);
        if (message !== undefined) await this.write(data);
        if (isAnswerTo(data, message)) return { isAnswered: true };
      }
    } catch (error) {
      if (this.ended.signal.aborted || last === undefined) throw error;
    }
    return last === undefined ? { isAnswered: false } : { isAnswered: false, last };
  }

  /** What the server says by itself: changes of what is watched. */
  private async listen(): Promise<void> {
    while (!this.ended.signal.aborted) {
      try {
        const answer = await this.send('GET');
        if (answer.status < 400)
          for await (const { data } of readEvents(answer.body))
            if (data !== '') await this.write(data);
      } catch {
        // Musher is away: whoever asks something is told.
      }
      await sleep(this.io.clock, retryMs, this.ended.signal);
    }
  }

  private learn(data: string): void {
    const version = parse(data)?.result?.protocolVersion;
    if (version !== undefined) this.protocol = version;
  }

  private async lost(message: Message, error: unknown): Promise<void> {
    if (message.id === undefined || !this.isWanted(message) || this.ended.signal.aborted) return;
    await this.fail(message.id, internalError, reasonOf(error));
  }

  private fail(id: string | number | null, code: number, message: string): Promise<void> {
    return this.write(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));
  }

  private write(line: string): Promise<void> {
    return this.io.stdout.write(`${line.trim()}\n`);
  }
}

function parse(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

function isAnswerTo(data: string, message: Message | undefined): boolean {
  const answer = parse(data);
  return message?.id !== undefined && answer?.id === message.id && answer.method === undefined;
}

/** The hub's own error, or the protocol's. */
function sayError(body: unknown): string {
  const { error } = (body ?? {}) as { error?: { message?: string; mend?: string } };
  return [error?.message, error?.mend].filter((part) => part !== undefined).join(' ') || 'Refused';
}
