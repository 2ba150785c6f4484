/** `/mcp`: the Model Context Protocol over Streamable HTTP. Its parts are loaded by the first client that comes. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { MusherError, reasonOf } from '../../base/result.ts';
import type { Caller } from '../broker.ts';
import type { Secret } from '../identity.ts';
import type { SessionDeps } from './session.ts';
import type { McpSessions } from './sessions.ts';
import type { Registry } from './tools.ts';

export interface McpDeps extends Registry {
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  readonly secret: Secret;
  /** Of a gateway: tools in place of the registry's. Loaded by the first client as well. */
  readonly others?: () => Promise<SessionDeps['others']>;
  /** Throws UNAUTHENTICATED, RATE_LIMITED. */
  readonly authenticate: (request: FastifyRequest) => Caller;
}

export function mountMcp(app: FastifyInstance, deps: McpDeps): void {
  let sessions: Promise<McpSessions> | undefined;
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    async handler(request, reply) {
      const caller = deps.authenticate(request);
      sessions ??= load(deps);
      const all = await sessions;
      reply.hijack();
      const { raw: response } = reply;
      try {
        await all.handle({
          ...{ caller, isWelcome: () => isKnown(deps, request) },
          ...{ request: request.raw, response, body: request.body },
        });
      } catch (error) {
        deps.log.error({ error: reasonOf(error) }, 'a defect stopped an MCP exchange');
        if (!response.headersSent) response.writeHead(500);
        response.end();
      }
    },
  });
  // Streams stay open for as long as they may: without this, stopping would wait for their clients.
  app.addHook('preClose', async () => (await sessions)?.close());
}

function isKnown({ authenticate }: McpDeps, request: FastifyRequest): boolean {
  try {
    authenticate(request);
    return true;
  } catch (error) {
    return !(error instanceof MusherError && error.wire.code === 'UNAUTHENTICATED');
  }
}

async function load(deps: McpDeps): Promise<McpSessions> {
  const [{ McpSessions: Sessions }, { toolsOf }, { resourcesOf }] = await Promise.all([
    import('./sessions.ts'),
    import('./tools.ts'),
    import('./resources.ts'),
  ]);
  const others = await deps.others?.();
  const parts = { ...deps, others, tools: toolsOf(deps), resources: resourcesOf(deps.queries) };
  return new Sessions(parts, deps.secret);
}
