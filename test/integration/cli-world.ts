/** A broker with canned answers over real HTTP, and the command run in this process with its own streams. */
import { once } from 'node:events';
import Fastify, { type FastifyRequest } from 'fastify';
import { run } from '../../main/cli/run.ts';
import type { Host, Io } from '../../main/cli/io.ts';
import type { Clock } from '../../main/base/clock.ts';
import { MusherError } from '../../main/base/result.ts';
import { statusOf } from '../../preload/contract/errors.ts';
import { commandDefs } from '../../preload/contract/features.ts';

export interface Call {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly headers: FastifyRequest['headers'];
  /** Breaks the connection, as a hub that is killed does. */
  breakOff(): never;
}

/** By capability type; what is thrown as MusherError is answered as the hub would. */
export type Answers = Readonly<Record<string, (call: Call) => unknown>>;

export interface Broker {
  readonly url: string;
  readonly calls: Call[];
  /** Resolves when the next call is in. */
  nextCall(): Promise<void>;
  close(): Promise<void>;
}

const brokenOff = Symbol('broken off');
const statusBody = {
  git_paw: true,
  musher: true,
  version: '0.1.0',
  uptime_seconds: 90,
  repository: '/code/shop',
  agents: [{ agent_id: 'backend', cli: 'claude', status: 'working', last_seen_seconds: 3 }],
};

export async function startBroker(answers: Answers): Promise<Broker> {
  const app = Fastify({ forceCloseConnections: true });
  const calls: Call[] = [];
  const arrivals = new EventTarget();
  const answer = answers['*'];
  app.get('/status', async () => answers.status?.(undefined as never) ?? statusBody);
  app.post<{ Params: { type: string } }>('/v1/:type', async (request, reply) => {
    const { type } = request.params;
    const breakOff = () => {
      request.raw.socket.destroy();
      throw brokenOff;
    };
    const data = request.body as Record<string, unknown>;
    const call: Call = { type, data, headers: request.headers, breakOff };
    calls.push(call);
    arrivals.dispatchEvent(new Event('call'));
    try {
      const result = await (answers[type] ?? answer)?.(call);
      return commandDefs.has(type) ? { commandId: 'command-1', seq: 12, result } : result;
    } catch (error) {
      if (error === brokenOff) return reply.hijack();
      if (!(error instanceof MusherError)) throw error;
      return reply.status(statusOf(error.wire)).send({ error: error.wire });
    }
  });
  app.get('/v1/events', async (request, reply) => {
    const { after } = request.query as { after: string };
    const text = String(await answers.events?.({ data: { after } } as unknown as Call));
    return reply.header('content-type', 'text/event-stream').send(text);
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    calls,
    nextCall: async () => void (await once(arrivals, 'call')),
    close: () => app.close(),
  };
}

/** Waiting costs nothing: time leaps to whatever is scheduled. */
export function leapingClock(): Clock & { leap(ms: number): void } {
  let ms = 1_800_000_000_000;
  return {
    now: () => ms,
    elapsed: () => ms,
    leap: (by) => {
      ms += by;
    },
    schedule(fn, delayMs) {
      const handle = setImmediate(() => {
        ms += delayMs;
        fn();
      });
      return () => clearImmediate(handle);
    },
    soon(fn) {
      const handle = setImmediate(fn);
      return () => clearImmediate(handle);
    },
  };
}

export interface Typed {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | readonly Uint8Array[];
  readonly isTTY?: boolean;
  readonly clock?: Clock;
  readonly host?: Partial<Host>;
  readonly openBrowser?: (url: string) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Called with what goes to stdout; throws to play a reader that is gone. */
  readonly onOut?: (text: string) => void;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function musher(argv: readonly string[], typed: Typed = {}): Promise<Ran> {
  const ran = { out: '', err: '' };
  const isTTY = typed.isTTY === true;
  const columns = isTTY ? 80 : undefined;
  const io: Io = {
    env: typed.env ?? {},
    stdout: {
      isTTY,
      columns,
      async write(text) {
        typed.onOut?.(text);
        ran.out += text;
      },
    },
    stderr: {
      isTTY,
      columns,
      async write(text) {
        ran.err += text;
      },
    },
    stdin: Object.assign(chunksOf(typed.stdin ?? ''), { isTTY }),
    clock: typed.clock ?? leapingClock(),
    version: '9.9.9',
    folder: '/code/shop',
    host: {
      ...{ serve: noHost, node: noHost, gateway: noHost, stop: noHost, verifyRepository: noHost },
      doctor: noHost,
      selfTest: noHost,
      ...typed.host,
    },
    openBrowser: typed.openBrowser ?? noHost,
    newId: () => 'command-id-1',
    interrupt: () => typed.signal ?? never,
  };
  const code = await run(argv, io);
  return { code, ...ran };
}

const never = new AbortController().signal;

function noHost(): never {
  throw new Error('this test has no host');
}

async function* chunksOf(
  stdin: string | readonly Uint8Array[],
): AsyncGenerator<Uint8Array | string> {
  if (typeof stdin === 'string') yield stdin;
  else yield* stdin;
}

/** The environment of an agent at this broker. */
export function agentAt(broker: Broker): { env: Record<string, string> } {
  return { env: { MUSHER_URL: broker.url, MUSHER_TOKEN: 'secret-token' } };
}
