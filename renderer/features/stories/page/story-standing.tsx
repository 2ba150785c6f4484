import { useMemo } from 'react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { shortId } from '../../../ui/short-id.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { type Target, targetsOf } from '../move/targets.ts';
import { useStartMove } from '../move/use-start-move.ts';
import { stageDots, stageKeys, stageTitles } from '../stage-words.ts';
import { openDialog } from '../stories-ui.ts';
import { useKnown, useWaitsFor, worldOf } from '../use-stories.ts';

/** Where it stands, since when and why, and everywhere that it may go from there. */
export function StoryStanding({ story }: { story: StoryRecord }) {
  const { place } = story;
  const waits = useWaitsFor(story);
  const reason = reasonOf(story);
  return (
    <section aria-label="Where it stands" className="rounded-md border px-3 py-2.5">
      <div className="flex items-center gap-2">
        <StatusDot
          {...stageDots[place.stage]}
          word={stageTitles[place.stage]}
          showWord
          className="font-medium"
        />
        <span className="text-muted">
          since <RelativeTime atMs={story.sinceMs} withAgo />
          {'over' in place && `, was in ${stageTitles[place.over.stage]}`}
        </span>
        {story.mergeFailures > 0 && (
          <span className="text-red">
            {story.mergeFailures} {story.mergeFailures === 1 ? 'merge' : 'merges'} in a row failed
          </span>
        )}
      </div>
      {reason && <UntrustedText text={reason} className="pt-1" />}
      {waits !== '' && <p className="pt-1 text-amber">Waits for {waits}</p>}
      <Moves story={story} />
    </section>
  );
}

function reasonOf({ place }: StoryRecord): string {
  switch (place.stage) {
    case 'merge_failed':
      return [place.kind, place.detail ?? ''].filter((part) => part !== '').join(': ');
    case 'merge':
      return `Commit ${shortId(place.commit)}`;
    case 'qa':
      return place.commit === undefined ? '' : `Commit ${shortId(place.commit)}`;
    case 'superseded':
      return `${place.by} takes its place.`;
    case 'done':
    case 'archived':
      return place.merge === undefined
        ? (place.reason ?? '')
        : `Merged as ${shortId(place.merge.mergeCommit)}`;
    case 'blocked':
    case 'held':
    case 'frozen':
    case 'abandoned':
      return place.reason ?? '';
    default:
      return '';
  }
}

const saysWhy: ReadonlySet<string> = new Set(['held', 'frozen', 'abandoned', 'superseded']);

/** Each on `m` and its letter. What is not legal now, but would be on the line, says why. */
function Moves({ story }: { story: StoryRecord }) {
  const { mirror } = useHub();
  const known = useKnown();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` stands for what the world says
  const targets = useMemo(() => targetsOf(story, worldOf(mirror)), [story, mirror, known]);
  const startMove = useStartMove();
  const choose = (target: Target) => {
    if (saysWhy.has(target.stage)) openDialog({ kind: 'move', story: story.id, target });
    else startMove(story.id, target.stage);
  };
  const legal = targets.filter(({ transition }) => transition !== undefined);
  useShortcuts(
    legal.map((target) => ({ keys: `m ${stageKeys[target.stage]}`, run: () => choose(target) })),
  );
  const waiting = targets.find(({ stage, transition }) => stage === 'coding' && !transition);
  if (legal.length === 0) return null;
  return (
    <fieldset aria-label="Moves" className="flex flex-wrap gap-1.5 pt-2.5">
      <span className="flex h-7 items-center gap-1 text-xs text-faint">
        <Kbd keys="m" /> then
      </span>
      {legal.map((target) => (
        <Button
          key={target.stage}
          look={target.stage === 'abandoned' ? 'danger' : 'normal'}
          aria-keyshortcuts={`m ${stageKeys[target.stage]}`}
          title={toPlainLine(target.why)}
          onClick={() => choose(target)}
        >
          {wordOf(target)}
          <Kbd keys={stageKeys[target.stage]} decorative />
        </Button>
      ))}
      {story.place.stage === 'backlog' && waiting && (
        <span className="self-center text-sm text-muted">Coding: {waiting.why}</span>
      )}
    </fieldset>
  );
}

/** The transition where its name says what is done, else where it leads. */
function wordOf({ stage, transition = '' }: Target): string {
  return words[transition] ?? stageTitles[stage];
}

const words: Readonly<Record<string, string>> = {
  ...{ start: 'Start', submit: 'Submit to QA', skip_qa: 'Merge without QA', pass: 'Pass to merge' },
  ...{ fail: 'Back to coding', conclude: 'Conclude', abort_merge: 'Back to coding' },
  ...{ retry_merge: 'Merge again', fix: 'Back to coding', requeue: 'Check again', close: 'Close' },
  ...{ shelve: 'To the backlog', reopen: 'Reopen', archive: 'Archive', block: 'Block' },
  ...{ unblock: 'Unblock', hold: 'Hold', release: 'Release', approve: 'Approve', reject: 'Reject' },
  ...{ freeze: 'Freeze', unfreeze: 'Unfreeze', abandon: 'Abandon', supersede: 'Supersede' },
};
