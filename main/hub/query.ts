/** Questions to the hub: they change nothing, and may wait for something to happen. */
import type { Actor } from '../../preload/contract/envelope.ts';
import { musherError, unwrap } from '../base/result.ts';
import { parseData, requireRole } from './dispatch.ts';
import type { Ask } from './door.ts';
import type { QueryContext } from './feature.ts';
import type { Inside } from './parts.ts';

/** Answers from what is durable. Throws NOT_FOUND, FORBIDDEN, BODY_INVALID, SHUTTING_DOWN, and the query's own refusal. */
export async function runQuery(inside: Inside, ask: Ask, actor: Actor): Promise<unknown> {
  const { deps, registry, parts } = inside;
  const found = registry.queries.get(ask.type);
  if (found === undefined) throw musherError('NOT_FOUND', { route: ask.type });
  if (parts.stopping.signal.aborted) throw musherError('SHUTTING_DOWN');
  requireRole(found.def, actor, ask.type);
  const data = parseData(found.def.data, ask.data, ask.type);
  const signal = AbortSignal.any([ask.signal, parts.stopping.signal]);
  const name = found.feature.contract.name;
  const fresh = () => ({
    state: parts.writer.durable().state[name],
    hub: parts.writer.durable().state,
  });
  const ctx: QueryContext<unknown> = {
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
  return unwrap(await found.run(data, ctx));
}
