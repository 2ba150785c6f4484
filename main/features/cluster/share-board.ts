/**
 * The board goes out: what changed of stories in the log is written to the shared document, once. What a node is told is what the log
 * says, never the other way round, so that nothing comes back as a change of its own.
 */
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Life } from '../../hub/feature.ts';
import { selectStories, type Story, toStoryRecord } from '../stories/index.ts';
import type { SharedBoard } from './ports.ts';

/** Stories that are written before others get a turn. */
const atOnce = 500;

/** At the start all of them are held against what the document has; from then on what two states do not share. */
export function shareBoard(board: SharedBoard, life: Life<unknown>): void {
  const open = () => selectStories(life.hub()).open;
  let told: Table<Story> = Table.empty();
  let cancel = (): void => undefined;
  let isAsked = false;
  const share = (): void => {
    isAsked = false;
    const now = open();
    const differences = [...told.differencesTo(now)];
    told = now;
    writeSome(differences, 0);
  };
  function writeSome(
    all: ReadonlyArray<{ id: string; after?: Story | undefined }>,
    from: number,
  ): void {
    const put: StoryRecord[] = [];
    const remove: string[] = [];
    for (const { id, after } of all.slice(from, from + atOnce)) {
      if (after === undefined) remove.push(id);
      else put.push(toStoryRecord(after));
    }
    board.write({ put, remove });
    const next = from + atOnce;
    if (next < all.length) cancel = life.clock.soon(() => writeSome(all, next));
    else if (isAsked) cancel = life.clock.soon(share);
  }
  life.own(() => cancel());
  life.onTopics((topics) => {
    if (isAsked || !topics.some(isOfStory)) return;
    isAsked = true;
    cancel = life.clock.soon(share);
  });
  removeGone(board, open());
  share();
}

function isOfStory(topic: string): boolean {
  return topic.startsWith('story/');
}

/** Left in the document by a Musher that ended before it told. */
function removeGone(board: SharedBoard, open: Table<Story>): void {
  const gone = [...board.stories().keys()].filter((id) => !open.has(id));
  if (gone.length > 0) board.write({ put: [], remove: gone });
}
