/** Every command and query by its type: `POST /v1/<type>`, queries also by GET. Nothing is declared here. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CommandDef, QueryDef } from '../../preload/contract/define.ts';
import { commandEnvelopeSchema } from '../../preload/contract/envelope.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { must } from '../base/assert.ts';
import { musherError } from '../base/result.ts';
import type { Caller } from './broker.ts';
import { sayIssue } from '../base/say-issue.ts';

export interface CapabilityRoutes {
  readonly commands: ReadonlyMap<string, CommandDef>;
  readonly queries: ReadonlyMap<string, QueryDef>;
  /** Throws UNAUTHENTICATED, RATE_LIMITED. */
  readonly authenticate: (request: FastifyRequest) => Caller;
}

/** One route for all of them: one for each is a tenth of what a start takes. */
export function mountCapabilities(app: FastifyInstance, routes: CapabilityRoutes): void {
  const queries = new Map([...routes.queries].filter(([, def]) => isPublic(def)));
  const commands = new Map([...routes.commands].filter(([, def]) => isPublic(def)));
  const kinds = new Map<string, ParameterKinds>();
  const posted = onlyKnown((type) => commands.has(type) || queries.has(type));
  app.post<ByType>('/v1/:type', { onRequest: posted }, (request, reply) => {
    const { type } = request.params;
    if (commands.has(type)) return runCommand(routes, type, request);
    return runQuery(routes, { type, data: request.body }, { request, reply });
  });
  const got = onlyKnown((type) => queries.has(type));
  app.get<ByType>('/v1/:type', { onRequest: got }, (request, reply) => {
    const { type } = request.params;
    const known = kinds.get(type) ?? kindsOf(must(queries.get(type), type));
    kinds.set(type, known);
    const data = fromParameters(known, request.query);
    return runQuery(routes, { type, data }, { request, reply });
  });
  app.get('/v1', async (request) => {
    const { actor } = routes.authenticate(request);
    return {
      capabilities: [
        ...describe(routes.commands, 'command', actor),
        ...describe(routes.queries, 'query', actor),
      ],
    };
  });
}

interface ByType {
  Params: { type: string };
}

/** No such route, whatever the body is like. */
function onlyKnown(isKnown: (type: string) => boolean) {
  return (request: FastifyRequest<ByType>, reply: FastifyReply<ByType>, done: () => void): void => {
    if (isKnown(request.params.type)) done();
    else reply.callNotFound();
  };
}

/** What only the hub itself may do has no route. */
function isPublic(def: CommandDef): boolean {
  return def.who.some((role) => role !== 'system');
}

/** Hands the hub's promise on as it is: an async function around it would cost each request two more turns. */
function runCommand(
  routes: CapabilityRoutes,
  type: string,
  request: FastifyRequest,
): Promise<unknown> {
  const { actor, project } = routes.authenticate(request);
  return project.door.dispatch({ id: idempotencyKey(request), type, data: request.body }, actor);
}

/** `Idempotency-Key` is the command's id: a retry with the same key gets the first receipt. Throws BODY_INVALID. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  const parsed = commandEnvelopeSchema.shape.id.safeParse(key);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw musherError('BODY_INVALID', {
    path: 'Idempotency-Key',
    reason: issue === undefined ? 'is not valid' : sayIssue(issue, key),
    type: request.url,
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A caller that hangs up ends its wait. */
async function runQuery(
  routes: CapabilityRoutes,
  ask: { type: string; data: unknown },
  { request, reply }: Exchange,
): Promise<unknown> {
  const { actor, project } = routes.authenticate(request);
  const gone = new AbortController();
  // It closes after each answer as well; then nobody listens, and making the reason costs more than the query.
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return project.door.query({ ...ask, signal: gone.signal }, actor);
}

/** By the name of a field what its schema wants; others are left as they came. */
type ParameterKinds = ReadonlyMap<string, 'boolean' | 'array'>;

/**
 * Query parameters are text; `true` and `false` become booleans where the schema wants them, and one value alone a list of
 * one. Numbers coerce by schema.
 */
function fromParameters(kinds: ParameterKinds, parameters: unknown): unknown {
  const typed = (name: string, value: unknown): unknown => {
    const kind = kinds.get(name);
    if (kind === 'array') return typeof value === 'string' ? [value] : value;
    return kind === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value;
  };
  return Object.fromEntries(
    Object.entries(parameters as Record<string, unknown>).map(([name, value]) => [
      name,
      typed(name, value),
    ]),
  );
}

/** Asked once for each query: a schema takes longer to describe itself than a query to be answered. */
function kindsOf(def: QueryDef): ParameterKinds {
  const schema = z.toJSONSchema(def.data, { io: 'input', unrepresentable: 'any' });
  const fields = Object.entries((schema.properties ?? {}) as Record<string, { type?: string }>);
  return new Map(
    fields.flatMap(([name, { type }]) =>
      type === 'boolean' || type === 'array' ? [[name, type] as const] : [],
    ),
  );
}

function describe(defs: ReadonlyMap<string, CommandDef>, kind: string, actor: Actor): object[] {
  const role = actor === 'operator' ? 'operator' : 'agent';
  return [...defs]
    .filter(([, def]) => def.who.includes(role))
    .map(([type, def]) => ({
      type,
      kind,
      route: `/v1/${type}`,
      summary: def.summary,
      data: z.toJSONSchema(def.data, { io: 'input', unrepresentable: 'any' }),
    }));
}
