/** What a story says and how it came to be, asked again whenever it changes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { StoryPassage } from '../../../../preload/contract/stories.ts';
import type { QueryOutput } from '../../../hub/bridge.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { useQuery } from '../../../hub/use-command.ts';
import { useRecord } from '../../../hub/use-records.ts';
import { toWireErrorOf } from '../../../hub/wire-error.ts';

export type StoryDetail = QueryOutput<'story.get'>;

const pageSize = 30;

export function useStoryDetail(id: string) {
  const { result, error, reload } = useQuery('story.get', { story: id, limit: pageSize });
  const record = useRecord('story', id);
  const mark = useRef(record);
  useEffect(() => {
    if (mark.current === record) return;
    mark.current = record;
    reload();
  }, [record, reload]);
  const detail = result?.id === id ? result : undefined;
  return { detail, error: detail === undefined ? error : undefined, reload };
}

export interface StoryHistory {
  /** Newest first. */
  readonly passages: readonly StoryPassage[];
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly error: WireError | undefined;
  readonly more: () => void;
}

/** The newest page follows the story; older ones are added on request. */
export function useStoryHistory(detail: StoryDetail): StoryHistory {
  const { bridge } = useHub();
  const [older, setOlder] = useState<{ passages: readonly StoryPassage[]; hasMore: boolean }>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const known = withoutTwins([...(older?.passages ?? []), ...detail.history]);
  const before = known[0]?.seq;
  const more = useCallback(() => {
    if (before === undefined) return;
    setBusy(true);
    setError(undefined);
    bridge
      .query('story.get', { story: detail.id, before, limit: 100 })
      .then(({ history, hasMore }) =>
        setOlder((old) => ({ passages: [...history, ...(old?.passages ?? [])], hasMore })),
      )
      .catch((thrown) => setError(toWireErrorOf(thrown)))
      .finally(() => setBusy(false));
  }, [bridge, detail.id, before]);
  // A gap between the pages, after much happened at once, would be told as if nothing had been there.
  const hasMore = older?.hasMore ?? detail.hasMore;
  return { passages: known.toReversed(), hasMore, isBusy, error, more };
}

function withoutTwins(passages: readonly StoryPassage[]): readonly StoryPassage[] {
  const bySeq = new Map(passages.map((one) => [one.seq, one]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
