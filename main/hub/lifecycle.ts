/** How a hub begins and ends. Neither is stopped by what fails in between. */
import { reasonOf } from '../base/result.ts';
import { sleep } from '../base/clock.ts';
import { asSystem } from './dispatch.ts';
import type { Feature, Life, SystemCommand } from './feature.ts';
import type { Inside } from './parts.ts';
import { startTicks } from './tick.ts';

const receiptsKeptMs = 7 * 24 * 3_600_000;
/** How long running effects get to end once they are told to let go, milliseconds. */
const letGoMs = 5_000;

export async function startHub(inside: Inside): Promise<void> {
  const { deps, registry, parts } = inside;
  deps.store.pruneReceipts(deps.clock.now() - receiptsKeptMs);
  // What a life that was killed had not got to.
  deps.store.indexSoon();
  // First what was left over, so that within a lane it stays before what recovery adds.
  parts.effects.add(deps.store.pendingEffects());
  for (const feature of registry.features) startSources(inside, feature);
  for (const feature of registry.features) await recover(inside, feature);
  if (parts.stopping.signal.aborted) return;
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

function lifeOf({ deps, parts }: Inside, { contract }: Feature): Life<unknown> {
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
    system: (command) => dispatch(command, asSystem(command)),
    onTopics: (listener) => sources.add(parts.topics.listen(listener)),
    own: (end) => sources.add(end),
  };
}

/**
 * Lets features end what should not outlive the hub (their agents), while they can still report it. Waits for the
 * effects of that and for no others: a git that hangs holds up nothing here. Gives up after `boundMs`: what is left
 * then comes again at the next start. Resolves false in that case.
 */
export async function windDownHub(
  { deps, registry, parts }: Inside,
  boundMs: number,
): Promise<boolean> {
  const from = parts.effects.added();
  const wanted = registry.features.flatMap((feature) => windDownOf(deps, feature, parts));
  await Promise.allSettled(wanted.map((command) => parts.dispatch(command, asSystem(command))));
  const over = new AbortController();
  const isDone = await Promise.race([
    parts.effects.drain(from).then(() => true),
    sleep(deps.clock, boundMs, over.signal).then(() => false),
  ]);
  over.abort();
  if (!isDone) deps.log.warn({ boundMs }, 'not everything wound down in time');
  return isDone;
}

function windDownOf(
  deps: Inside['deps'],
  { contract: { name }, windDown }: Feature,
  parts: Inside['parts'],
): readonly SystemCommand[] {
  try {
    return windDown?.(parts.writer.durable().state[name]) ?? [];
  } catch (error) {
    deps.log.error({ feature: name, error: reasonOf(error) }, 'winding down failed');
    return [];
  }
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

/** Once; a second call waits for the first. */
export function stopHub(inside: Inside): Promise<void> {
  inside.parts.stopped ??= stop(inside);
  return inside.parts.stopped;
}

/**
 * Takes no more commands and queries, and answers those who wait. The log can still be read, so that doors may
 * finish what they have begun before the hub stops.
 */
export function closeIntake({ parts }: Inside): void {
  if (parts.stopping.signal.aborted) return;
  parts.stopTicks();
  parts.writer.flush();
  parts.stopping.abort();
  for (const query of parts.asked) query.abort();
  parts.topics.close();
  parts.records.close();
  parts.events.close();
}

async function stop(inside: Inside): Promise<void> {
  const { deps, parts } = inside;
  closeIntake(inside);
  await parts.sources.dispose().catch((error: unknown) => {
    deps.log.warn({ error: reasonOf(error) }, 'a source did not end cleanly');
  });
  await letEffectsGo(inside);
  try {
    await parts.snapshots.saveAll();
  } catch (error) {
    deps.log.warn({ error: reasonOf(error) }, 'no snapshot was stored; the next start is longer');
  } finally {
    await deps.store.close();
  }
}

/** What does not heed its signal is left behind: it comes again at the next start, as after a crash. */
async function letEffectsGo({ deps, parts }: Inside): Promise<void> {
  const over = new AbortController();
  const isDone = await Promise.race([
    parts.effects.drain().then(() => true),
    sleep(deps.clock, letGoMs, over.signal).then(() => false),
  ]);
  over.abort();
  if (isDone) return;
  const left = parts.effects.abandon();
  deps.log.warn(
    { effects: left },
    'some effects did not let go; they come again at the next start',
  );
}
