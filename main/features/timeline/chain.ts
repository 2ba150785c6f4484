/** What belongs together: the events of one command, and of what the work that it began dispatched. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { LogReader } from '../../hub/feature.ts';

/** Looked at after the command: work that takes longer is seen where it ends. */
const mostLater = 2_000;
const pageSize = 500;
const mostChain = 100;

/** Oldest first; with the event itself, whose command may be one that an effect dispatched. */
export async function chainOf(
  log: LogReader,
  event: EventEnvelope,
  signal: AbortSignal,
): Promise<EventEnvelope[]> {
  const root = (await rootOf(log, event, signal)) ?? event;
  const first = await firstOf(log, root, signal);
  const chain: EventEnvelope[] = [];
  const seqs = new Set<number>();
  let after = first - 1;
  for (let looked = 0; looked < mostLater && chain.length < mostChain; looked += pageSize) {
    const { events, more } = await log.read({ after, limit: pageSize }, signal);
    for (const one of events) {
      const began = effectSeqOf(one.causeId);
      const isOf = one.causeId === root.causeId || (began !== undefined && seqs.has(began));
      if (!isOf || chain.length >= mostChain) continue;
      chain.push(one);
      seqs.add(one.seq);
    }
    after = events.at(-1)?.seq ?? after;
    if (!more) break;
  }
  return chain.some(({ seq }) => seq === event.seq) ? chain : [...chain, event];
}

/** An effect is named after the event of the decision that wanted it, and what it dispatches after the effect. */
function effectSeqOf(causeId: string): number | undefined {
  const seq = /^fx(\d{1,15})-/.exec(causeId)?.[1];
  return seq === undefined ? undefined : Number(seq);
}

async function rootOf(
  log: LogReader,
  event: EventEnvelope,
  signal: AbortSignal,
): Promise<EventEnvelope | undefined> {
  const seq = effectSeqOf(event.causeId);
  if (seq === undefined || seq >= event.seq || seq < 1) return undefined;
  const { events } = await log.read({ after: seq - 1, limit: 1 }, signal);
  return events[0];
}

/** The events of one command follow one another. */
async function firstOf(log: LogReader, root: EventEnvelope, signal: AbortSignal): Promise<number> {
  const { events } = await log.read({ before: root.seq, limit: 50 }, signal);
  const other = events.findLast(({ causeId }) => causeId !== root.causeId);
  return other === undefined ? (events[0]?.seq ?? root.seq) : other.seq + 1;
}
