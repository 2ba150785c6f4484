/** All MCP clients, each in a session of its own that only the caller who began it may go on with. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Caller } from '../broker.ts';
import type { Secret } from '../identity.ts';
import { SessionEvents } from './event-store.ts';
import { createSession, type SessionDeps } from './session.ts';

/**
 * One that nobody used for so long, and that holds no stream open, ends; milliseconds. A client then begins anew. One
 * whose token was taken back ends at the next look, streams and all.
 */
const idleMs = 60 * 60_000;
const sweepMs = 60_000;
/** More of one caller end the one that was unused for longest: a client that begins anew each time piles up no more. */
const perCaller = 16;

interface Entry {
  readonly caller: Caller;
  /** False once the token that began it was taken back. */
  readonly isWelcome: () => boolean;
  readonly transport: StreamableHTTPServerTransport;
  /** Requests that are not answered yet, streams among them. */
  open: number;
  usedMs: number;
}

export interface Exchange {
  readonly caller: Caller;
  readonly isWelcome: () => boolean;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

export class McpSessions {
  private readonly deps: SessionDeps;
  private readonly secret: Secret;
  private readonly entries = new Map<string, Entry>();
  private cancelSweep: (() => void) | undefined;

  constructor(deps: SessionDeps, secret: Secret) {
    this.deps = deps;
    this.secret = secret;
  }

  async handle(exchange: Exchange): Promise<void> {
    const { request, response, body } = exchange;
    const id = request.headers['mcp-session-id'];
    if (id === undefined && isInitializeRequest(body)) await this.begin(exchange);
    else if (typeof id !== 'string')
      refuse(
        response,
        400,
        'Mcp-Session-Id is missing: send "initialize" first, then its answer’s id',
      );
    else {
      const entry = this.entries.get(id);
      if (entry === undefined || !isSame(entry.caller, exchange.caller))
        refuse(response, 404, 'This session is over, or never was: send "initialize" again');
      else await this.goOn(entry, exchange);
    }
  }

  /** Ends every session and its streams. */
  async close(): Promise<void> {
    this.cancelSweep?.();
    this.cancelSweep = undefined;
    const entries = [...this.entries.values()];
    this.entries.clear();
    await Promise.all(entries.map(({ transport }) => transport.close()));
  }

  private async begin(exchange: Exchange): Promise<void> {
    const { caller, isWelcome } = exchange;
    const id = this.secret(24);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      eventStore: new SessionEvents(),
      onsessionclosed: (closed) => void this.entries.delete(closed),
    });
    const server = createSession(this.deps, {
      ...{ caller, name: id, url: exchange.request.url ?? '' },
      endStream: (request) => transport.closeSSEStream(request),
    });
    // Its optional parts are declared otherwise than the interface that it implements.
    await server.connect(transport as unknown as Transport);
    await this.makeRoom(caller);
    const usedMs = this.deps.clock.elapsed();
    const entry = { caller, isWelcome, transport, open: 0, usedMs };
    this.entries.set(id, entry);
    this.scheduleSweep();
    await this.goOn(entry, exchange);
    // What it refused to begin with is no session.
    if (transport.sessionId === undefined) await this.end(id);
  }

  private async goOn(entry: Entry, { request, response, body }: Exchange): Promise<void> {
    entry.open += 1;
    response.once('close', () => {
      entry.open -= 1;
      entry.usedMs = this.deps.clock.elapsed();
    });
    await entry.transport.handleRequest(request, response, body);
  }

  private async makeRoom(caller: Caller): Promise<void> {
    const own = [...this.entries].filter(([, entry]) => isSame(entry.caller, caller));
    if (own.length < perCaller) return;
    const [oldest] = own.sort(([, a], [, b]) => a.open - b.open || a.usedMs - b.usedMs);
    if (oldest !== undefined) await this.end(oldest[0]);
  }

  private async end(id: string): Promise<void> {
    const entry = this.entries.get(id);
    this.entries.delete(id);
    await entry?.transport.close();
  }

  private scheduleSweep(): void {
    this.cancelSweep ??= this.deps.clock.schedule(() => {
      this.cancelSweep = undefined;
      const beforeMs = this.deps.clock.elapsed() - idleMs;
      for (const [id, { open, usedMs, isWelcome }] of this.entries)
        if ((open === 0 && usedMs < beforeMs) || !isWelcome()) void this.end(id);
      if (this.entries.size > 0) this.scheduleSweep();
    }, sweepMs);
  }
}

function isSame(a: Caller, b: Caller): boolean {
  return a.actor === b.actor && a.project.id === b.project.id;
}

/** In the protocol's own form, which its clients read. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const error = { code: status === 404 ? -32001 : -32000, message };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error, id: null }));
}
