/** How a hub begins. What fails in between does not stop it. */
import { reasonOf } from '../base/result.ts';
import { asSystem } from './dispatch.ts';
import type { Feature, Life } from './feature.ts';
import type { Inside } from './parts.ts';
import { startTicks } from './tick.ts';

const receiptsKeptMs = 7 * 24 * 3_600_000;

export async function startHub(inside: Inside): Promise<void> {
  const { deps, registry, parts } = inside;
  const left = deps.store.pendingEffects();
  // What those asked for under an id of its own is not to be done twice, however long nobody was here.
  if (left.length === 0) deps.store.pruneReceipts(deps.clock.now() - receiptsKeptMs);
  // What a life that was killed had not got to.
  deps.store.indexSoon();
  // First what was left over, so that within a lane it stays before what recovery adds.
  parts.effects.add(left);
  for (const feature of registry.features) startSources(inside, feature);
  for (const feature of registry.features) await recover(inside, feature);
  if (parts.stopping.signal.aborted) return;
  parts.subscriptions.begin();
  parts.stopTicks = startTicks({
    ...deps,
    registry,
    dispatch: parts.dispatch,
    state: () => parts.writer.durable().state,
  });
}

/** A source that does not start leaves its feature blind to the outside, and everything else as it is. */
function startSources(inside: Inside, feature: Feature): void {
  const { name } = feature.contract;
  try {
    feature.start?.(lifeOf(inside, feature));
  } catch (error) {
    inside.deps.log.error({ feature: name, error: reasonOf(error) }, 'a source did not start');
  }
}

function lifeOf({ deps, registry, parts }: Inside, { contract }: Feature): Life<unknown> {
  const { name } = contract;
  const { writer, dispatch, sources } = parts;
  return {
    state: () => writer.durable().state[name],
    hub: () => writer.durable().state,
    log: parts.reader,
    marks: writer.marks(name),
    live: parts.live.for(contract),
    clock: deps.clock,
    logger: deps.log.child({ feature: name }),
    signal: parts.stopping.signal,
    describe: registry.describe,
    system: (command) => dispatch(command, asSystem(command)),
    subscribe: (cursor, look) => parts.subscriptions.add({ owner: name, name: cursor, look }),
    onTopics: (listener) => sources.add(parts.topics.listen(listener)),
    own: (end) => sources.add(end),
  };
}

/** What cannot be looked at now is no reason not to start: the log is whole, and the operator is told. */
async function recover({ deps, parts }: Inside, feature: Feature): Promise<void> {
  const { name } = feature.contract;
  const fail = (error: unknown) =>
    deps.log.error({ feature: name, error: reasonOf(error) }, 'recovering failed');
  try {
    const commands = (await feature.recover?.(parts.writer.durable().state[name])) ?? [];
    for (const command of commands) await parts.dispatch(command, asSystem(command)).catch(fail);
  } catch (error) {
    fail(error);
  }
}
