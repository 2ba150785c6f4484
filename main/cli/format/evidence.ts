import { formatDuration } from '../durations.ts';
import { statusPaint } from './agents.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Status = ResultOf<'agent.evidence'>;
type Change = ResultOf<'agent.history'>['changes'][number];

/** Ages are by the hub's clock, which made them. */
export const evidenceFormats = {
  'agent.evidence': (found, view) => {
    const at = { ...view, nowMs: found.nowMs };
    const rows = found.evidence.map((one) => evidenceRow(one, at));
    return [
      headline(found, at),
      oneLine(found.why),
      '',
      table(['', 'SOURCE', 'SAYS', 'SINCE', 'CONFIDENCE', 'NOTE'], rows, at),
    ].join('\n');
  },
  'agent.history': ({ changes, next, nowMs }, view) => {
    if (changes.length === 0) return 'Nothing is known of that time.';
    const at = { ...view, nowMs };
    const rows = changes.map((change, index) =>
      changeRow(change, { untilMs: changes[index - 1]?.atMs ?? nowMs, view: at }),
    );
    const lines = table(['SINCE', 'FOR', 'STATUS', 'SOURCE', 'ALIVE', 'BY', 'NOTE'], rows, at);
    return next === undefined ? lines : `${lines}\nFor older ones: --before ${next}`;
  },
} satisfies Formatters;

function headline({ agent, state, status, confidence, liveness }: Status, view: View): string {
  const word = state === 'running' ? status.value : state;
  const how = confidence === undefined ? '' : `, confidence ${confidence}`;
  const since = `since ${ageOf(status.sinceMs, view)}${how}, ${liveness}`;
  return `${view.style.bold(oneLine(agent))} is ${statusPaint(word, view.style)(word)} ${since}`;
}

function evidenceRow(one: Status['evidence'][number], view: View): Cell[] {
  const { source, says, sinceMs, confidence, note = '', wins } = one;
  const { bold, dim } = view.style;
  const paint = wins ? bold : dim;
  return [wins ? '→' : '', { text: source, paint }, says, ageOf(sinceMs, view), confidence, note];
}

function changeRow(change: Change, { untilMs, view }: { untilMs: number; view: View }): Cell[] {
  const { atMs, state, status, liveness, by } = change;
  const isRunning = state === 'running';
  const word = isRunning ? status.value : state;
  return [
    ageOf(atMs, view),
    formatDuration(Math.max(0, untilMs - atMs)),
    { text: word, paint: statusPaint(word, view.style) },
    isRunning ? status.source : '',
    liveness,
    by,
    isRunning ? (status.note ?? '') : '',
  ];
}
