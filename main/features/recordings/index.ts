/** Recordings: what terminals showed. Nothing of them is in the log; they are read where the terminal host wrote them. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import { recordings as contract, type Recording } from '../../../preload/contract/recordings.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, HubState } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { isAlive, selectAgents } from '../agents/index.ts';
import type { RecordingInfo, RecordingPlace, Recordings } from './ports.ts';

type Which = QueryData<typeof contract, 'recording.get'>;
type Found<K extends keyof (typeof contract)['queries']> = Promise<
  Result<QueryResult<typeof contract, K>>
>;

export function recordingsFeature({ recordings }: { readonly recordings: Recordings }): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: {
      'recording.list': async ({ agent, limit }, ctx) => {
        const all = await recordings.list(agent);
        const shown = all.slice(0, limit).map((one) => toRecording(one, all, ctx.hub));
        return ok({ recordings: shown });
      },
      'recording.get': (data, ctx) => describeRecording(recordings, data, ctx.hub),
      'recording.page': (data) => readPage(recordings, data),
      'recording.export': (data) => exportPage(recordings, data),
      'recording.find': async (data, ctx) => {
        const key = await requireRecording(recordings, data);
        return key.ok ? ok(await recordings.find(key.value, data, ctx.signal)) : key;
      },
    },
    reduce: {},
  });
}

async function describeRecording(
  recordings: Recordings,
  which: Which,
  hub: HubState,
): Found<'recording.get'> {
  const key = await requireRecording(recordings, which);
  if (!key.ok) return key;
  const { durationMs, parts, marks } = await recordings.detail(key.value);
  const all = await recordings.list(which.agent);
  const recording = { ...toRecording(key.value, all, hub), durationMs };
  return ok({ recording, parts: [...parts], marks: [...marks] });
}

async function readPage(
  recordings: Recordings,
  data: QueryData<typeof contract, 'recording.page'>,
): Found<'recording.page'> {
  const key = await requireRecording(recordings, data);
  if (!key.ok) return key;
  const { events, size, next } = await recordings.page(key.value, data);
  return ok({ events: [...events], size, next });
}

async function exportPage(
  recordings: Recordings,
  { from, mask, ...which }: QueryData<typeof contract, 'recording.export'>,
): Found<'recording.export'> {
  const key = await requireRecording(recordings, which);
  if (!key.ok) return key;
  const { text, next } = await recordings.exportPage(key.value, { from: toPlace(from), mask });
  return ok({ text, ...(next !== undefined && { next: `${next.part}:${next.at}` }) });
}

function toPlace(from: string | undefined): RecordingPlace | undefined {
  if (from === undefined) return undefined;
  const [part = 1, at = 0] = from.split(':').map(Number);
  return { part, at };
}

async function requireRecording(
  recordings: Recordings,
  { agent, session, startMs }: Which,
): Promise<Result<RecordingInfo>> {
  const found = (await recordings.list(agent)).find(
    (one) =>
      one.agent === agent &&
      one.session === (session ?? one.session) &&
      one.startMs === (startMs ?? one.startMs),
  );
  if (found !== undefined) return ok(found);
  const which = session === undefined ? '' : ` in its session ${session}`;
  return refuse('RECORDING_UNKNOWN', { agent, session: which });
}

/** Of one session there are several when an agent of the same name was purged: the newest is this one's. */
function toRecording(info: RecordingInfo, all: readonly RecordingInfo[], hub: HubState): Recording {
  const agent = selectAgents(hub).byId.get(info.agent);
  const newest = all.find((one) => one.agent === info.agent && one.session === info.session);
  const isRunning =
    newest?.startMs === info.startMs && agent?.session === info.session && isAlive(agent);
  return { ...info, isRunning };
}
