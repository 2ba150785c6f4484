/** Questions to the hub: they change nothing, and may wait for something to happen. */
import type { Actor } from '../../preload/contract/envelope.ts';
import { musherError, unwrap } from '../base/result.ts';
import { parseData, requireRole } from './dispatch.ts';
import type { Ask } from './door.ts';
import type { QueryContext } from './feature.ts';
import type { Inside } from './parts.ts';

/** Answers from what is durable. Throws NOT_FOUND, FORBIDDEN, BODY_INVALID, SHUTTING_DOWN, and the query's own refusal. */
export async function runQuery(inside: Inside, ask: Ask, actor: Actor): Promise<unknown> {
  const { registry, parts } = inside;
  const found = registry.queries.get(ask.type);
  if (found === undefined) throw musherError('NOT_FOUND', { route: ask.type });
  if (parts.stopping.signal.aborted) throw musherError('SHUTTING_DOWN');
  requireRole(found.def, actor, ask.type);
  const data = parseData(found.def.data, ask.data, ask.type);
  const { name } = found.feature.contract;
  return whileWanted(parts.asked, ask.signal, async (signal) =>
    unwrap(await found.run(data, contextOf(inside, { name, actor, signal }))),
  );
}

/**
 * Its signal aborts when the caller goes and when the hub stops; both know of it only as long as it runs. By
 * `AbortSignal.any` each query would stay known until garbage is collected, and most cost less than that call.
 */
async function whileWanted<T>(
  asked: Set<AbortController>,
  caller: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const abort = () => over.abort(caller.reason);
  if (caller.aborted) abort();
  caller.addEventListener('abort', abort);
  asked.add(over);
  try {
    return await run(over.signal);
  } finally {
    asked.delete(over);
    caller.removeEventListener('abort', abort);
  }
}

interface Asked {
  /** Of the feature. */
  readonly name: string;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

function contextOf(
  { deps, registry, parts }: Inside,
  { name, actor, signal }: Asked,
): QueryContext<unknown> {
  const fresh = () => ({
    state: parts.writer.durable().state[name],
    hub: parts.writer.durable().state,
  });
  return {
    ...fresh(),
    fresh,
    actor,
    signal,
    nowMs: deps.clock.now(),
    log: parts.reader,
    marks: parts.writer.marks(name),
    live: (kind) => parts.live.of(kind),
    topicsOf: registry.topicsOf,
    describe: registry.describe,
    untilTopic: (topic, waitMs) => parts.topics.until(topic, waitMs, signal),
  };
}
