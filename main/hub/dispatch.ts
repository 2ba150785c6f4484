/** From a request to an intent: who may, is it well formed, was it asked before, what are the facts. */
import { z } from 'zod';
import { mayUse } from '../../preload/contract/define.ts';
import type { Actor, CommandEnvelope, Receipt, Role } from '../../preload/contract/envelope.ts';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import { Pace } from '../base/pace.ts';
import type { Result } from '../base/result.ts';
import { musherError, unwrap } from '../base/result.ts';
import type { HubState, PrepareContext, SystemCommand } from './feature.ts';
import type { LogStore } from './log-store.ts';
import type { Registry } from './registry.ts';
import type { Intent, Writer } from './writer.ts';
import { sayIssue } from '../base/say-issue.ts';

export interface DispatchDeps {
  readonly registry: Registry;
  readonly store: LogStore;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly stopped: AbortSignal;
  readonly newCommandId: () => string;
}

/** In whose name a command is done. */
export interface Principal {
  readonly actor: Actor;
  /** When the hub acts in the actor's name. */
  readonly via?: 'system' | undefined;
  /** Aborts when the caller goes away. */
  readonly signal?: AbortSignal | undefined;
}

/** What is written with the command's events, in the same commit: the end of the effect that it reports, or a subscription's cursor. */
export type With = Pick<Intent, 'endsEffect' | 'cursor'>;

export type Dispatch = (
  command: CommandEnvelope,
  principal: Principal,
  written?: With,
) => Promise<Receipt>;

/** The hub itself, or whom it acts for. */
export function asSystem({ onBehalfOf }: SystemCommand): Principal {
  return onBehalfOf === undefined ? { actor: 'system' } : { actor: onBehalfOf, via: 'system' };
}

/** How long facts may take to be gathered; more than git's own bound, so that it is git that says what is wrong. */
const factsMs = 90_000;

export function createDispatch(given: DispatchDeps): Dispatch {
  const pace = new Pace(given.clock);
  const deps = { ...given, pace };
  /** Commands with a caller's id that are not durable yet: a retry joins them. */
  const inFlight = new Map<string, { fingerprint: string; receipt: Promise<Receipt> }>();

  async function once(
    command: CommandEnvelope & { id: string },
    principal: Principal,
    written: With,
  ) {
    const { actor, via } = principal;
    const caller = via ?? actor;
    const key = `${caller} ${command.id}`;
    const fingerprint = deps.store.sha256(JSON.stringify([actor, command.type, command.data]));
    const earlier = inFlight.get(key) ?? storedReceipt(deps.store, caller, command.id);
    if (earlier !== undefined) {
      if (earlier.fingerprint !== fingerprint)
        throw musherError('COMMAND_ID_REUSED', { id: command.id });
      return earlier.receipt;
    }
    const receipt = begin(deps, { command, principal, fingerprint, ...written });
    inFlight.set(key, { fingerprint, receipt });
    try {
      return await receipt;
    } finally {
      inFlight.delete(key);
    }
  }

  return (command, principal, written = {}) => {
    if (deps.stopped.aborted) return Promise.reject(musherError('SHUTTING_DOWN'));
    if (command.id === undefined || written.endsEffect !== undefined)
      return begin(deps, { command, principal, ...written });
    return once({ ...command, id: command.id }, principal, written);
  };
}

interface Deps extends DispatchDeps {
  /** Of all who gather facts. */
  readonly pace: Pace;
}

interface Request extends Pick<Intent, 'fingerprint' | 'endsEffect' | 'cursor'> {
  readonly command: CommandEnvelope;
  readonly principal: Principal;
}

async function begin(deps: Deps, { command, principal, ...rest }: Request): Promise<Receipt> {
  const { actor, via } = principal;
  const found = deps.registry.commands.get(command.type);
  if (found === undefined) throw musherError('NOT_FOUND', { route: command.type });
  requireRole(found.def, actor, command.type);
  const data = parseData(found.def.data, command.data, command.type);
  const { prepare } = found.handler;
  const facts =
    prepare === undefined
      ? undefined
      : await gather(deps, { type: command.type, principal, run: (ctx) => prepare(data, ctx) });
  // Whoever waits here goes on in the order of coming.
  for (let busy = deps.writer.busy(); busy !== undefined; busy = deps.writer.busy()) await busy;
  if (deps.stopped.aborted) throw musherError('SHUTTING_DOWN');
  return deps.writer.submit({
    commandId: command.id ?? deps.newCommandId(),
    actor,
    via,
    featureName: found.feature.contract.name,
    handler: found.handler,
    data,
    facts,
    ...rest,
  });
}

interface Gathering {
  readonly type: string;
  readonly principal: Principal;
  readonly run: (ctx: PrepareContext) => Promise<Result<unknown>>;
}

/** The facts, or the reason why nobody waits for them any more. What gathers them is told by its signal. */
async function gather(deps: Deps, { type, principal, run }: Gathering): Promise<unknown> {
  const { clock, stopped, pace, writer } = deps;
  const { actor, signal } = principal;
  const over = new AbortController();
  const gone = AbortSignal.any([stopped, over.signal, ...(signal === undefined ? [] : [signal])]);
  const newest = (): HubState => writer.newest();
  try {
    const facts = await Promise.race([
      run({ hub: newest(), newest, pace, actor, signal: gone }),
      sleep(clock, factsMs, gone).then(() => undefined),
    ]);
    if (stopped.aborted) throw musherError('SHUTTING_DOWN');
    if (facts === undefined)
      throw musherError('FACTS_TIMEOUT', { type, seconds: Math.round(factsMs / 1000) });
    return unwrap(facts);
  } finally {
    over.abort();
  }
}

function storedReceipt(store: LogStore, caller: Actor, id: string) {
  const stored = store.receipt(caller, id);
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
export function parseData(schema: z.core.$ZodType, data: unknown, type: string): unknown {
  const parsed = z.safeParse(schema, data ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  throw musherError('BODY_INVALID', {
    path: path === '' ? 'data' : path,
    reason: issue === undefined ? 'is not valid' : sayIssue(issue, data ?? {}),
    type,
  });
}
