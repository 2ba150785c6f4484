/**
 * How a log lies in time: when every so many events were written, and where something of note happened. A fold like any
 * other, but of no use to the hub: only who looks at the past keeps it. Bounded: the longer the log, the fewer it notes.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { MarkKind } from '../../../preload/contract/timeline.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import type { Overview } from './ports.ts';

export interface OverviewState extends Overview {
  /** Events from one sample to the next. */
  readonly stride: number;
}

export const overviewName = 'timeline-overview';
const mostSamples = 2_048;
const mostMarks = 600;

export const initialOverview: OverviewState = { samples: [], marks: [], stride: 1 };

const byType: Readonly<Record<string, MarkKind>> = {
  'approval.merged': 'merge',
  'approval.approved': 'approval',
  'approval.failed': 'failure',
  'approval.push_failed': 'failure',
  'agent.failed': 'failure',
  'agent.restart_given_up': 'failure',
  'agent.restart_scheduled': 'restart',
};

export function overviewFeature(): Feature {
  return feature(
    { name: overviewName, commands: {}, queries: {}, events: {}, records: {} },
    {
      initial: initialOverview,
      version: 1,
      commands: {},
      queries: {},
      reduce: { '*': reduceOverview },
    },
  );
}

export function reduceOverview(state: OverviewState, event: EventEnvelope): OverviewState {
  const kind = byType[event.type];
  const isSample = (event.seq - 1) % state.stride === 0;
  if (!isSample && kind === undefined) return state;
  const { seq, atMs } = event;
  const marks = kind === undefined ? state.marks : thin([...state.marks, { seq, atMs, kind }]);
  return isSample ? sampled({ ...state, marks }, { seq, atMs }) : { ...state, marks };
}

function sampled(state: OverviewState, sample: { seq: number; atMs: number }): OverviewState {
  const samples = [...state.samples, sample];
  if (samples.length <= mostSamples) return { ...state, samples };
  const stride = state.stride * 2;
  return { ...state, stride, samples: samples.filter(({ seq }) => (seq - 1) % stride === 0) };
}

/** Every second of the commonest kind goes, of its older half: what is rare, and what is new, stays. */
function thin(marks: OverviewState['marks']): OverviewState['marks'] {
  if (marks.length <= mostMarks) return marks;
  const counts = new Map<MarkKind, number>();
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [commonest, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  let nth = 0;
  return marks.filter(({ kind }) => {
    if (kind !== commonest) return true;
    nth += 1;
    return nth > count / 2 || nth % 2 === 0;
  });
}

export interface Bucket {
  /** The last event before its end. */
  readonly seq: number;
  readonly count: number;
}

/** Events in each of so many equal parts of the time. Between two samples they are taken to lie evenly. */
export function bucketsOf(
  samples: Overview['samples'],
  { seq, atMs }: { seq: number; atMs: number },
  count: number,
): Bucket[] {
  const all = [...samples, { seq: seq + 1, atMs }];
  const fromMs = all[0]?.atMs ?? atMs;
  const spanMs = Math.max(atMs - fromMs, 1);
  const counts = new Array<number>(count).fill(0);
  const at = (ms: number) => Math.min(Math.max(((ms - fromMs) / spanMs) * count, 0), count - 1);
  for (const [index, from] of all.entries()) {
    const to = all[index + 1];
    if (to === undefined) break;
    spread(counts, { from: at(from.atMs), to: at(to.atMs), events: to.seq - from.seq });
  }
  let seen = 0;
  return counts.map((events) => {
    seen += events;
    return { seq: Math.min(Math.max(Math.round(seen), 1), seq), count: Math.round(events) };
  });
}

function spread(
  counts: number[],
  { from, to, events }: { from: number; to: number; events: number },
): void {
  const [first, last] = [Math.floor(Math.min(from, to)), Math.floor(Math.max(from, to))];
  const each = events / (last - first + 1);
  for (let at = first; at <= last; at++) counts[at] = (counts[at] ?? 0) + each;
}
