import type { z } from 'zod';
import type { eventSchema } from '../../../preload/contract/log.ts';
import { formatAge } from '../durations.ts';
import type { LogProof } from '../io.ts';
import type { Formatters } from './formatter.ts';
import { clip, oneLine, safeJson } from './plain-text.ts';
import type { View } from './view.ts';

type LogEvent = z.output<typeof eventSchema>;

export const logFormats = {
  'log.page': ({ events }, view) =>
    events.length === 0 ? 'No events.' : events.map((event) => formatEvent(event, view)).join('\n'),
  'log.verify': (proof, view) => formatProof(proof, view),
} satisfies Formatters;

/** One line: number, age, who, what, and as much of the data as fits. */
export function formatEvent(event: LogEvent, view: View): string {
  const age = formatAge(event.atMs, view.nowMs).padStart(8);
  const head = `#${String(event.seq).padEnd(5)} ${age}  ${oneLine(event.actor)}  `;
  const type = oneLine(event.type);
  const line = `${head}${type}  ${oneLine(safeJson(event.data))}`;
  const fitting = view.width === undefined ? line : clip(line, view.width);
  return fitting.replace(`${head}${type}`, () => `${view.style.dim(head)}${view.style.bold(type)}`);
}

export function formatProof(proof: LogProof, { style }: View): string {
  if (proof.ok) {
    return `${style.green('The log is whole:')} ${proof.head} events, last hash ${oneLine(proof.hash)}`;
  }
  const where = proof.brokenAt === undefined ? '' : ` at event #${proof.brokenAt}`;
  const why = oneLine(proof.reason ?? 'the hashes do not fit');
  return `${style.red(`The log is broken${where}:`)} ${why}`;
}
