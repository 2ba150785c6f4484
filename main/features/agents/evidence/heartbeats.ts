/**
 * Heartbeat files say that an agent lives, and never what it does. Anybody who may write into the folder can write them, so they
 * move the age of an agent and nothing else. The exact time is a live record; an event comes where it says more than is known.
 */
import type { HeartbeatRecord } from '../../../../preload/contract/status-evidence.ts';
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import type { LiveRecords } from '../../../hub/live.ts';
import { lastHeard } from '../output.ts';
import type { Heartbeat, HeartbeatFiles } from '../ports.ts';
import type { Agent, AgentsState } from '../slice.ts';
import { isNewBeat } from '../view.ts';

/** Where no change is told, it is looked at this often, milliseconds. */
const lookMs = 30_000;
/** Where an agent is about to run, milliseconds. */
const soonMs = 1_000;
/** A program may be quicker than the report that it was started, milliseconds. */
const startMs = 5_000;
/** Whose terminal said something so shortly before a heartbeat needs none, milliseconds. */
const outputSaysItMs = 60_000;
/** Clocks of machines differ by that much without a word, milliseconds. */
const skewMs = 60_000;

export function watchHeartbeats(files: HeartbeatFiles, life: Life<AgentsState>): void {
  let cancel = (): void => undefined;
  let isLooking = false;
  let isWanted = false;
  const look = async (): Promise<void> => {
    isWanted = true;
    if (isLooking) return;
    isLooking = true;
    cancel();
    let isSoon = false;
    while (isWanted && !life.signal.aborted) {
      isWanted = false;
      isSoon = await lookOnce(files, life);
    }
    isLooking = false;
    if (!life.signal.aborted) cancel = life.clock.schedule(look, isSoon ? soonMs : lookMs);
  };
  life.own(files.onChange(() => void look()));
  life.own(() => cancel());
  void look();
}

/** Whether there is one of an agent whose start is not reported yet: that is to be looked at again soon. */
async function lookOnce(files: HeartbeatFiles, life: Life<AgentsState>): Promise<boolean> {
  try {
    const read = await files.read();
    const beats = newestOf(read, life.state(), life.clock.now());
    showBeats(life.live, beats);
    for (const [id, { atMs }] of beats) {
      const agent = life.state().byId.get(id);
      if (agent === undefined || !isNewBeat(agent, atMs)) continue;
      // Its terminal says the same, and more.
      if (atMs - (lastHeard(agent, life.live.of('output')) ?? 0) < outputSaysItMs) continue;
      await life.system({ type: 'agent.heartbeat_heard', data: { agent: id, beatMs: atMs } });
    }
    const { byId } = life.state();
    return read.some(({ agent }) => byId.get(agent)?.state === 'starting');
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.warn({ error: reasonOf(error) }, 'heartbeats were not recorded');
    return false;
  }
}

/** By agent, of those whose program runs: the newest since it was started. */
function newestOf(
  read: readonly Heartbeat[],
  { byId }: AgentsState,
  nowMs: number,
): ReadonlyMap<string, HeartbeatRecord> {
  const newest = new Map<string, HeartbeatRecord>();
  for (const beat of read) {
    const agent = byId.get(beat.agent);
    const record = agent && recordOf(beat, agent, nowMs);
    if (record !== undefined && record.atMs > (newest.get(beat.agent)?.atMs ?? 0))
      newest.set(beat.agent, record);
  }
  return newest;
}

function recordOf(beat: Heartbeat, agent: Agent, nowMs: number): HeartbeatRecord | undefined {
  const when = whenOf(beat, nowMs);
  if (agent.state !== 'running' || when === undefined) return undefined;
  // What the program before this one left behind.
  if (when.atMs < (agent.launchedMs ?? agent.stateSinceMs) - startMs) return undefined;
  const { machine, issue } = beat;
  return {
    ...when,
    ...(machine !== undefined && { machine }),
    ...(issue !== undefined && { issue }),
  };
}

/**
 * A clock that is ahead would keep an agent alive for as long as it is ahead: then the time of the file counts, and where that is
 * ahead too, nothing does.
 */
export function whenOf(
  { atMs, writtenMs }: Pick<Heartbeat, 'atMs' | 'writtenMs'>,
  nowMs: number,
): Pick<HeartbeatRecord, 'atMs' | 'isAhead'> | undefined {
  if (atMs <= nowMs + skewMs) return { atMs: Math.min(atMs, nowMs), isAhead: false };
  return writtenMs <= nowMs + skewMs
    ? { atMs: Math.min(writtenMs, nowMs), isAhead: true }
    : undefined;
}

function showBeats(live: LiveRecords, beats: ReadonlyMap<string, HeartbeatRecord>): void {
  for (const id of live.of('heartbeat').keys()) if (!beats.has(id)) live.remove('heartbeat', id);
  for (const [id, record] of beats) {
    const before = live.of('heartbeat').get(id);
    if (JSON.stringify(before) !== JSON.stringify(record)) live.put('heartbeat', id, record);
  }
}
