/** From a request to an intent: who may, is it well formed, was it asked before, what are the facts. */
import type { Actor, CommandEnvelope, Receipt } from '../../preload/contract/envelope.ts';
import { mayUse } from '../../preload/contract/define.ts';
import type { Role } from '../../preload/contract/envelope.ts';
import type { z } from 'zod';
import type { Result } from '../base/result.ts';
import { musherError, unwrap } from '../base/result.ts';
import type { HubState, PrepareContext } from './feature.ts';
import type { LogStore } from './log-store.ts';
import type { Registry } from './registry.ts';
import type { Intent, Writer } from './writer.ts';

export interface DispatchDeps {
  readonly registry: Registry;
  readonly store: LogStore;
  readonly writer: Writer;
  readonly stopped: AbortSignal;
  readonly newCommandId: () => string;
}

export type Dispatch = (
  command: CommandEnvelope,
  actor: Actor,
  endsEffect?: string,
) => Promise<Receipt>;

export function createDispatch(deps: DispatchDeps): Dispatch {
  /** Commands with a caller's id that are not durable yet: a retry joins them. */
  const inFlight = new Map<string, { fingerprint: string; receipt: Promise<Receipt> }>();

  async function once(command: CommandEnvelope & { id: string }, actor: Actor): Promise<Receipt> {
    const fingerprint = deps.store.sha256(JSON.stringify([actor, command.type, command.data]));
    const earlier = inFlight.get(command.id) ?? storedReceipt(deps.store, command.id);
    if (earlier !== undefined) {
      if (earlier.fingerprint !== fingerprint)
        throw musherError('COMMAND_ID_REUSED', { id: command.id });
      return earlier.receipt;
    }
    const receipt = begin(deps, { command, actor, fingerprint });
    inFlight.set(command.id, { fingerprint, receipt });
    try {
      return await receipt;
    } finally {
      inFlight.delete(command.id);
    }
  }

  return (command, actor, endsEffect) => {
    if (deps.stopped.aborted) return Promise.reject(musherError('SHUTTING_DOWN'));
    if (command.id === undefined || endsEffect !== undefined)
      return begin(deps, { command, actor, endsEffect });
    return once({ ...command, id: command.id }, actor);
  };
}

interface Request extends Pick<Intent, 'actor' | 'fingerprint' | 'endsEffect'> {
  readonly command: CommandEnvelope;
}

async function begin(deps: DispatchDeps, { command, actor, ...rest }: Request): Promise<Receipt> {
  const found = deps.registry.commands.get(command.type);
  if (found === undefined) throw musherError('NOT_FOUND', { route: command.type });
  requireRole(found.def, actor, command.type);
  const data = parseData(found.def.data, command.data, command.type);
  const facts =
    found.handler.prepare === undefined
      ? undefined
      : await prepare(deps, (ctx) => found.handler.prepare?.(data, ctx), actor);
  if (deps.stopped.aborted) throw musherError('SHUTTING_DOWN');
  return deps.writer.submit({
    commandId: command.id ?? deps.newCommandId(),
    actor,
    featureName: found.feature.contract.name,
    handler: found.handler,
    data,
    facts,
    ...rest,
  });
}

type Prepare = (ctx: PrepareContext) => Promise<Result<unknown>> | undefined;

async function prepare(deps: DispatchDeps, run: Prepare, actor: Actor): Promise<unknown> {
  const hub: HubState = deps.writer.newest();
  const facts = await run({ hub, actor, signal: deps.stopped });
  return facts === undefined ? undefined : unwrap(facts);
}

function storedReceipt(store: LogStore, id: string) {
  const stored = store.receipt(id);
  if (stored === undefined) return undefined;
  const receipt = {
    commandId: stored.commandId,
    seq: stored.seq,
    result: JSON.parse(stored.result) as unknown,
  };
  return { fingerprint: stored.fingerprint, receipt: Promise.resolve(receipt) };
}

/** Throws FORBIDDEN when the actor's role may not use the capability. */
export function requireRole(
  def: { readonly who: readonly Role[] },
  actor: Actor,
  type: string,
): void {
  if (!mayUse(def, actor))
    throw musherError('FORBIDDEN', { actor, type, who: def.who.join(' or ') });
}

/** The parsed input, defaults filled. Throws BODY_INVALID with the path of the first offending field. */
export function parseData(schema: z.ZodType, data: unknown, type: string): unknown {
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  throw musherError('BODY_INVALID', {
    path: path === '' ? 'data' : path,
    reason: issue?.message ?? 'is not valid',
    type,
  });
}
