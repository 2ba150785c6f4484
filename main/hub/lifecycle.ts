/** How a hub begins and ends. Neither is stopped by what fails in between. */
import { reasonOf } from '../base/result.ts';
import type { Feature } from './feature.ts';
import type { Inside } from './parts.ts';
import { saveSnapshot } from './parts.ts';
import { startTicks } from './tick.ts';

const receiptsKeptMs = 7 * 24 * 3_600_000;

export async function startHub(inside: Inside): Promise<void> {
  const { deps, registry, parts } = inside;
  deps.store.pruneReceipts(deps.clock.now() - receiptsKeptMs);
  // First what was left over, so that within a lane it stays before what recovery adds.
  parts.effects.add(deps.store.pendingEffects());
  for (const feature of registry.features) await recover(inside, feature);
  if (parts.stopping.signal.aborted) return;
  parts.stopTicks = startTicks({
    ...deps,
    registry,
    dispatch: parts.dispatch,
    state: () => parts.writer.durable().state,
  });
}

/** What cannot be looked at now is no reason not to start: the log is whole, and the operator is told. */
async function recover({ deps, parts }: Inside, feature: Feature): Promise<void> {
  const { name } = feature.contract;
  const fail = (error: unknown) =>
    deps.log.error({ feature: name, error: reasonOf(error) }, 'recovering failed');
  try {
    const commands = (await feature.recover?.(parts.writer.durable().state[name])) ?? [];
    for (const command of commands) await parts.dispatch(command, 'system').catch(fail);
  } catch (error) {
    fail(error);
  }
}

/** Once; a second call waits for the first. */
export function stopHub(inside: Inside): Promise<void> {
  inside.parts.stopped ??= stop(inside);
  return inside.parts.stopped;
}

async function stop(inside: Inside): Promise<void> {
  const { deps, parts } = inside;
  parts.stopTicks();
  parts.writer.flush();
  parts.stopping.abort();
  parts.topics.close();
  parts.records.close();
  parts.events.close();
  await parts.effects.drain();
  try {
    saveSnapshot(inside);
  } catch (error) {
    deps.log.warn({ error: reasonOf(error) }, 'no snapshot was stored; the next start is longer');
  } finally {
    deps.store.close();
  }
}
