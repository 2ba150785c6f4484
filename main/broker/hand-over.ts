/**
 * One app for several repositories: a second start hands its repository to the Musher that runs, at `POST /open`. Who may
 * ask shows a key that lies in the user's own folder, so that nobody else on this machine can. It opens a repository, or
 * with `POST /stop` ends that Musher, and nothing more: no token and no login comes back.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WireError } from '../../preload/contract/errors.ts';
import { MusherError, musherError } from '../base/result.ts';
import { sayIssue } from '../base/say-issue.ts';

/** By `import`, all of undici would be loaded as well. */
const { request } = process.getBuiltinModule('node:http');

export interface HandOver {
  /** New at each start. */
  readonly key: string;
  /** Throws REPOSITORY_*, LOG_DAMAGED, STORE_FAILED, SHUTTING_DOWN. */
  open(repository: string): Promise<Opened>;
  /** Begins the end, which is answered before it comes: with the agents that run. Left out: it is not ended this way. */
  stop?(asked: StopAsked): Promise<readonly string[]>;
}

export interface StopAsked {
  /** Else they go on without it. */
  readonly endAgents: boolean;
}

export interface Opened {
  readonly project: string;
  readonly repository: string;
}

const bodySchema = z.object({
  repository: z.string().max(4_096).refine(path.isAbsolute, 'expected an absolute path'),
});

const stopSchema = z.object({ endAgents: z.boolean() });

export function mountHandOver(app: FastifyInstance, { key, open, stop }: HandOver): void {
  app.post('/open', (asked): Promise<Opened> => {
    requireKey(asked, key);
    const parsed = bodySchema.safeParse(asked.body);
    if (parsed.success) return open(parsed.data.repository);
    const [issue] = parsed.error.issues;
    const reason = issue === undefined ? 'is not valid' : sayIssue(issue, asked.body);
    throw musherError('BODY_INVALID', { path: 'repository', reason, type: 'serve' });
  });
  app.post('/stop', async (asked): Promise<{ stopping: boolean; agents: readonly string[] }> => {
    requireKey(asked, key);
    const parsed = stopSchema.safeParse(asked.body);
    if (!parsed.success)
      throw musherError('BODY_INVALID', {
        path: 'endAgents',
        reason: 'expected true or false',
        type: 'stop',
      });
    const agents = (await stop?.(parsed.data)) ?? [];
    return { stopping: stop !== undefined, agents };
  });
}

function requireKey(asked: FastifyRequest, key: string): void {
  const shown = asked.headers.authorization?.replace(/^Bearer /u, '') ?? '';
  if (!isSame(shown, key)) throw musherError('UNAUTHENTICATED');
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

/** Opening a large log may take its time, milliseconds. */
const openMs = 60_000;

/** Undefined when that Musher does not know the key: it is another user's, or an older one. Throws what it refuses with. */
export async function handOver(
  url: string,
  { key, repository }: { readonly key: string; readonly repository: string },
): Promise<Opened | undefined> {
  const { status, body } = await post(`${url}/open`, key, { repository });
  if (status === 200) return body as unknown as Opened;
  const { error } = body as { error?: WireError };
  if (error === undefined || status === 401 || status === 404) return undefined;
  throw new MusherError(error);
}

/** Names of the agents that run there; undefined when that Musher does not end for this key, or for none. */
export async function askToStop(
  url: string,
  { key, ...asked }: StopAsked & { readonly key: string },
): Promise<readonly string[] | undefined> {
  const { body } = await post(`${url}/stop`, key, asked);
  const said = body as { stopping?: unknown; agents?: readonly string[] };
  return said.stopping === true ? (said.agents ?? []) : undefined;
}

function post(url: string, key: string, data: object): Promise<{ status: number; body: object }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const signal = AbortSignal.timeout(openMs);
    const asked = request(url, { method: 'POST', headers, agent: false, signal }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: parsed(text) }));
    });
    asked.on('error', reject).end(JSON.stringify(data));
  });
}

function parsed(text: string): object {
  try {
    return (JSON.parse(text) ?? {}) as object;
  } catch {
    return {};
  }
}
