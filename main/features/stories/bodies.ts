/** Finding stories by what their texts say. Those are in the log alone, which has an index of its words. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { type StoriesState, storyOf } from './slice.ts';

/** Looked at, the newest first: enough for words that tell stories apart. */
const bounds = { pages: 5, perPage: 200 } as const;

/** Of those whose text has these words now, and not only once. */
export async function storiesSaying(
  text: string,
  { state, log, signal }: Pick<QueryContext<StoriesState>, 'state' | 'log' | 'signal'>,
): Promise<ReadonlySet<string>> {
  const words = text.toLowerCase().split(/\s+/);
  const found = new Set<string>();
  let before: number | undefined;
  for (let page = 0; page < bounds.pages; page++) {
    const ask = { types: ['story.added', 'story.edited'], text, limit: bounds.perPage };
    const at = before === undefined ? {} : { before };
    const { events, more, cursor } = await log.find({ ...ask, ...at }, signal);
    for (const event of events) {
      const { story } = event.data as { story: string };
      const isNow = storyOf(state, story)?.bodySeq === event.seq;
      const body = bodyIn(event).toLowerCase();
      if (isNow && words.every((word) => body.includes(word))) found.add(story);
    }
    if (!more) break;
    before = cursor;
  }
  return found;
}

/** The text that this event wrote; empty where it wrote none. */
export function bodyIn({ data }: EventEnvelope): string {
  const { body, fields } = data as { body?: string; fields?: { body?: string } };
  return body ?? fields?.body ?? '';
}
