// Search over a log in memory: every event is looked at, with the same documents as the index has.

import {
  documentOf,
  type FieldsByType,
  fits,
  wantedOf,
} from '../../main/adapters/sqlite/search-document.ts';
import type { FindAsk, FoundPage } from '../../main/hub/feature.ts';
import type { LogStore, StoredEvent } from '../../main/hub/log-store.ts';
import { openStored } from '../../main/hub/seal.ts';

export function memorySearch(
  events: readonly StoredEvent[],
): Pick<LogStore, 'find' | 'searchBy' | 'indexSoon'> {
  let fields: FieldsByType = {};
  return {
    searchBy(by) {
      fields = by;
    },
    indexSoon: () => undefined,
    find: async (ask) => findIn(events, fields, ask),
  };
}

function findIn(events: readonly StoredEvent[], fields: FieldsByType, ask: FindAsk): FoundPage {
  const roots = new Map<number, number>();
  const documents = events.flatMap((event) => {
    const recipients = event.topics
      .filter((topic) => topic.startsWith('inbox/'))
      .map((topic) => topic.slice('inbox/'.length));
    const document = documentOf({ ...event, recipients }, fields);
    if (document?.re !== undefined) roots.set(event.seq, roots.get(document.re) ?? document.re);
    return document === undefined ? [] : [document];
  });
  const rootOf = (seq: number) => roots.get(seq) ?? seq;
  const wanted = wantedOf(ask, undefined);
  const { after = 0, before = Infinity, among, thread } = ask;
  const seqs = documents
    .filter((one) => one.seq > after && one.seq < before && fits(one, wanted))
    .map(({ seq }) => seq)
    .filter((seq) => among?.includes(seq) ?? true)
    .filter((seq) => thread === undefined || rootOf(seq) === rootOf(thread));
  const isAscending = ask.after !== undefined;
  const found = isAscending ? seqs.slice(0, ask.limit) : seqs.slice(-ask.limit);
  const more = found.length < seqs.length;
  const end = isAscending ? Math.max(after, events.length) : after;
  return {
    events: found.map((seq) => openStored(events[seq - 1] as StoredEvent)),
    more,
    cursor: more ? ((isAscending ? found.at(-1) : found[0]) ?? end) : end,
  };
}
