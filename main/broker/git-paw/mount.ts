/**
 * git-paw's wire: `/publish`, `/messages/<name>`, `/log`, `/watch`; `/status` is everybody's. Clients of it that know only
 * a base URL use `/a/<token>`. The sender is whom the token says, whatever the body claims. Errors have this wire's shape,
 * `{error, detail, code, field?, value?}`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WireError } from '../../../preload/contract/errors.ts';
import { statusOf } from '../../../preload/contract/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { Caller } from '../broker.ts';
import { wireErrorOf } from '../errors.ts';
import type { Asking } from './asking.ts';
import { publish, watch } from './publish.ts';
import { readLog, readMessages } from './read.ts';

export interface GitPawDeps {
  readonly log: Logger;
  /** Throws UNAUTHENTICATED, RATE_LIMITED. */
  readonly authenticate: (request: FastifyRequest) => Caller;
}

type Handle = (asking: Asking) => Promise<unknown>;

export async function mountGitPaw(
  scope: FastifyInstance,
  { log, authenticate }: GitPawDeps,
): Promise<void> {
  scope.setErrorHandler((error, request, reply) =>
    refuse(reply, wireErrorOf(error, { app: scope, request, log })),
  );
  const run = (handle: Handle, request: FastifyRequest, reply: FastifyReply) => {
    const { project, actor } = authenticate(request);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return handle({ door: project.door, actor, request, signal: gone.signal });
  };
  const write = (url: string, handle: Handle) =>
    scope.post(url, async (request, reply) => {
      await run(handle, request, reply);
      return reply.code(202).send();
    });
  const read = (url: string, handle: Handle) =>
    scope.get(url, (request, reply) => run(handle, request, reply));
  write('/publish', publish);
  write('/watch', watch);
  read('/messages/*', readMessages);
  read('/log', readLog);
}

function refuse(reply: FastifyReply, error: WireError): FastifyReply {
  const { code, message, mend: detail, details = {} } = error;
  const { path: field, value } = details;
  return reply.code(statusOf(error)).send({ error: message, detail, code, field, value });
}
