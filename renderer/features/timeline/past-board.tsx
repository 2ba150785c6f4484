import { useEffect, useState } from 'react';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { type StoryStage, storyStages } from '../../../preload/contract/story-stages.ts';
import type { PastState } from '../../../preload/contract/timeline.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { Button } from '../../ui/button.tsx';
import { showError } from '../../ui/toast.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { askWhole } from './use-moment.ts';

const titles: Readonly<Record<StoryStage, string>> = {
  ...{ backlog: 'Backlog', coding: 'Coding', qa: 'QA', merge: 'Merge' },
  ...{ merge_failed: 'Not merged', done: 'Done', archived: 'Archived', blocked: 'Blocked' },
  ...{ held: 'Held', frozen: 'Frozen', abandoned: 'Abandoned', superseded: 'Superseded' },
};
/** At once, of one stage. */
const pageSize = 100;

/** Stories by stage as they stood. Of many the first; the others come when they are asked for. */
export function PastBoard({ state }: { state: PastState }) {
  const { stages, seq } = state;
  const shown = (state.kinds.story?.rows ?? []).map(({ record }) => record as StoryRecord);
  return (
    <div className="flex gap-3 overflow-x-auto px-4 pt-1 pb-3">
      {storyStages
        .filter((stage) => (stages[stage] ?? 0) > 0)
        .map((stage) => (
          <Column
            key={`${seq} ${stage}`}
            {...{ seq, stage }}
            count={stages[stage] ?? 0}
            first={shown.filter(({ place }) => place.stage === stage)}
          />
        ))}
    </div>
  );
}

interface ColumnProps {
  seq: number;
  stage: StoryStage;
  count: number;
  first: readonly StoryRecord[];
}

function Column({ seq, stage, count, first }: ColumnProps) {
  const { bridge } = useHub();
  const [more, setMore] = useState<readonly StoryRecord[]>();
  const [isReading, setReading] = useState(false);
  const stories = more ?? first;
  useEffect(() => {
    if (!isReading) return;
    const abort = new AbortController();
    const after = more?.at(-1)?.id;
    const data = { seq, kind: 'story', stage, limit: pageSize, ...(after && { after }) };
    askWhole(
      bridge,
      { type: 'timeline.records', data },
      { onProgress: () => undefined, signal: abort.signal },
    )
      .then(({ rows }) => {
        if (abort.signal.aborted) return;
        setMore((old = []) => [...old, ...rows.map(({ record }) => record as StoryRecord)]);
        setReading(false);
      })
      .catch((thrown: unknown) => {
        if (abort.signal.aborted) return;
        showError(toWireErrorOf(thrown));
        setReading(false);
      });
    return () => abort.abort();
  }, [bridge, isReading, seq, stage, more]);
  return (
    <section aria-label={titles[stage]} className="flex max-h-72 w-52 shrink-0 flex-col">
      <h3 className="flex h-7 items-center gap-1.5 text-sm text-muted">
        {titles[stage]} <span className="text-faint">{count}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div tabIndex={0} className="min-h-0 overflow-y-auto rounded-md border">
        <ul aria-label={`Stories in ${titles[stage]}`}>
          {stories.map(({ id, title, agent }) => (
            <li key={id} className="flex flex-col border-b px-2.5 py-1.5 last:border-b-0">
              <UntrustedLine text={title} />
              <span className="text-xs text-faint">
                {id}
                {agent !== undefined && ` · ${agent}`}
              </span>
            </li>
          ))}
          {stories.length < count && (
            <li className="p-1">
              <Button look="quiet" disabled={isReading} onClick={() => setReading(true)}>
                {count - stories.length} more
              </Button>
            </li>
          )}
        </ul>
      </div>
    </section>
  );
}
