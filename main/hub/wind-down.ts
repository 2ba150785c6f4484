/** How a hub ends. What fails in between does not stop it. */
import { reasonOf } from '../base/result.ts';
import { sleep } from '../base/clock.ts';
import { asSystem } from './dispatch.ts';
import type { Feature, SystemCommand } from './feature.ts';
import type { Inside } from './parts.ts';

/** How long running effects get to end once they are told to let go, milliseconds. */
const letGoMs = 5_000;

/**
 * Lets features end what should not outlive the hub (their agents), while they can still report it. Waits for the
 * effects of that and for no others: a git that hangs holds up nothing here. What began meanwhile (an agent whose worktree was
 * just being made) is ended as well. Gives up after `boundMs`: what is left then comes again at the next start. Resolves false in
 * that case.
 */
export async function windDownHub(inside: Inside, boundMs: number): Promise<boolean> {
  const { deps } = inside;
  const over = new AbortController();
  const isDone = await Promise.race([
    endAll(inside, over.signal).then(() => true),
    sleep(deps.clock, boundMs, over.signal).then(() => false),
  ]);
  over.abort();
  if (!isDone) deps.log.warn({ boundMs }, 'not everything wound down in time');
  return isDone;
}

/** In rounds, until a round has nothing new to end: what was refused once is not asked for again. */
async function endAll({ deps, registry, parts }: Inside, over: AbortSignal): Promise<void> {
  const asked = new Set<string>();
  while (!over.aborted) {
    const from = parts.effects.added();
    const wanted = registry.features
      .flatMap((feature) => windDownOf(deps, feature, parts))
      .filter((command) => !asked.has(JSON.stringify(command)));
    if (wanted.length === 0) return;
    for (const command of wanted) asked.add(JSON.stringify(command));
    await Promise.allSettled(wanted.map((command) => parts.dispatch(command, asSystem(command))));
    await parts.effects.drain(from);
  }
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
  parts.subscriptions.close();
  parts.writer.finish();
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
