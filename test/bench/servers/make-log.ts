// A log as many agents write it in weeks: past the hub, by the real seal and store. Also a process of its own, that
// writes on and is then killed: `node make-log.ts <file> <count>`.
import { openLogStore } from '../../../main/adapters/sqlite/log-store.ts';
import type { NewEvent } from '../../../main/hub/feature.ts';
import { type Head, sealEvent } from '../../../main/hub/seal.ts';
import type { LogStore, StoredEvent } from '../../../main/hub/log-store.ts';

/** `agent-0` and so on; each is told things by another. */
export const agents = 40;
/** All open, so that a slice has that many rows. */
const questions = 10_000;
const batchSize = 1_000;
const text = 'the schema is in db/schema.sql, tests are green again';

/** Until it has so many events. */
export function writeLog(store: LogStore, count: number): void {
  let head: Head = store.head();
  while (head.seq < count) {
    const events: StoredEvent[] = [];
    for (let n = 0; n < batchSize; n++) {
      const seq = head.seq + 1;
      const { event, topics } = eventAt(seq);
      const actor = seq <= agents ? ('operator' as const) : (`agent:${nameAt(seq)}` as const);
      const cause = { actor, causeId: `c-${seq}`, atMs: 1_700_000_000_000 + seq * 50 };
      const { envelope, body } = sealEvent(store, { head, event, cause });
      head = { seq, hash: envelope.hash };
      events.push({ seq, type: event.type, body, hash: envelope.hash, topics });
    }
    store.commit({ events, receipts: [], effects: [], endedEffects: [] });
  }
}

function nameAt(seq: number): string {
  return `agent-${seq % agents}`;
}

/** First the agents and their questions; then seven of ten are messages, two are acks, and one is a report. */
function eventAt(seq: number): { event: NewEvent; topics: string[] } {
  const agent = nameAt(seq);
  const of = (type: string, data: object, topics: string[] = []) => ({
    event: { type, v: 1, data },
    topics,
  });
  if (seq <= agents) {
    const how = { profile: 'shell', branch: `agent/${agent}`, baseRef: 'main', start: false };
    return of('agent.added', { agent, ...how }, [`inbox/${agent}`]);
  }
  if (seq <= agents + questions) {
    const how = { to: 'operator', text, options: ['yes', 'no'], multi: false };
    return of('question.asked', { question: `q-${seq}`, asker: agent, ...how });
  }
  const kind = Math.floor(seq / agents) % 10;
  const to = nameAt(seq + 1);
  if (kind < 7) return of('message.sent', { to, recipients: [to], body: text }, [`inbox/${to}`]);
  if (kind < 9) return of('inbox.acked', { agent, upTo: seq - 1 });
  return of('agent.reported', { agent, status: 'working' });
}

const [, program, file, count] = process.argv;
if (program === import.meta.filename && file !== undefined) {
  const store = await openLogStore(file, { now: () => 0 });
  writeLog(store, Number(count));
  process.kill(process.pid, 'SIGKILL');
}
