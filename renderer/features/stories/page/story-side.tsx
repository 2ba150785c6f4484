import { Eye, SquareTerminal, UserRoundPen } from 'lucide-react';
import type { ReactNode } from 'react';
import { isUndecided } from '../../../../preload/contract/approval-states.ts';
import type { StoryNode, StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { useLive, useRecord, useRecords } from '../../../hub/use-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Count } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Fact } from '../../../ui/fact.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ScrollArea } from '../../../ui/scroll-area.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { AgentDot, useWaitingOf } from '../../agents/index.ts';
import { openApproval } from '../../approvals/index.ts';
import { NodeLink, useNodeOfStory, watchStory } from '../../cluster/index.ts';
import { useStandings } from '../../gates/index.ts';
import { commitOf } from '../move/targets.ts';
import { priorityTitles, reviewTitles, stageDots, stageTitles } from '../stage-words.ts';
import { StageMark } from '../stage-mark.tsx';
import { openDialog, openStory } from '../stories-ui.ts';
import { useKnown } from '../use-stories.ts';
import type { StoryDetail } from './use-story-detail.ts';

interface StorySideProps {
  story: StoryRecord;
  detail: StoryDetail;
}

/** What belongs to it: its agent, its reviews, and the stories around it. */
export function StorySide({ story, detail }: StorySideProps) {
  return (
    <ScrollArea
      aria-label="Details of the story"
      role="region"
      className="flex w-72 flex-none flex-col gap-4 border-l bg-raised p-4 max-[1100px]:w-60 max-[700px]:w-auto max-[700px]:border-t max-[700px]:border-l-0"
    >
      <AgentOf story={story} />
      <ReviewsOf story={story} />
      <Stories title="Depends on" ids={story.dependsOn} />
      <Stories title="Needed by" ids={detail.neededBy} />
      <dl className="flex flex-col gap-2">
        <Fact name="Priority">{priorityTitles[story.priority]}</Fact>
        {story.labels.length > 0 && (
          <Fact name="Labels">
            <span className="wrap-anywhere">{story.labels.map(toPlainLine).join(', ')}</span>
          </Fact>
        )}
        <Fact name="Review before the merge">{reviewTitles[story.review]}</Fact>
        <Fact name="Profile of its agent">{story.profile ?? 'Any'}</Fact>
        {story.source && (
          <Fact name="Imported from">
            <span className="text-selectable text-sm break-all">
              {toPlainLine(story.source.name)}
            </span>
          </Fact>
        )}
        <Fact name="Written">
          <RelativeTime atMs={story.addedMs} withAgo />, version {story.version}
        </Fact>
      </dl>
    </ScrollArea>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="pb-1 text-sm text-faint">{title}</h2>
      {children}
    </section>
  );
}

function AgentOf({ story }: { story: StoryRecord }) {
  const agent = useRecord('agent', story.agent);
  const waiting = useWaitingOf(story.agent ?? '');
  const show = () => navigate('agents', `agent/${story.agent}`);
  const watch = () => watchStory(story.id);
  useShortcuts([{ keys: 't', run: show }], agent !== undefined);
  useShortcuts([{ keys: 't', run: watch }], story.node !== undefined);
  const isWork = !['done', 'archived', 'abandoned', 'superseded'].includes(story.place.stage);
  return (
    <Part title={story.node ? 'Node' : 'Agent'}>
      <div className="flex flex-col items-start gap-1.5">
        {story.node ? (
          <NodeOf of={{ ...story, node: story.node }} />
        ) : story.agent === undefined ? (
          <span className="text-muted">Nobody’s</span>
        ) : (
          <span className="flex items-center gap-2">
            <span className="font-medium">{story.agent}</span>
            {agent && <AgentDot agent={agent} showWord />}
            <Count value={waiting} what="waiting for you" loud />
          </span>
        )}
        <span className="flex flex-wrap gap-1.5">
          {agent && (
            <Button icon={SquareTerminal} shortcut="t" onClick={show}>
              Terminal
            </Button>
          )}
          {story.node && (
            <Button icon={Eye} shortcut="t" onClick={watch}>
              Watch
            </Button>
          )}
          {isWork && (
            <Button
              icon={UserRoundPen}
              shortcut="a"
              onClick={() => openDialog({ kind: 'assign', story: story.id })}
            >
              Assign
            </Button>
          )}
        </span>
      </div>
    </Part>
  );
}

/** The machine, and in a sentence what it does, or what becomes of the story while it is away. */
function NodeOf({ of }: { of: StoryRecord & { readonly node: StoryNode } }) {
  const { words, isAway } = useNodeOfStory(of);
  const there = useLive('nodeLink', of.node.id)?.work?.[of.id];
  return (
    <>
      <NodeLink of={of} />
      <p className={`text-sm ${isAway ? 'text-amber' : 'text-muted'}`}>{words}</p>
      {there && (
        <p className="flex max-w-full flex-wrap items-center gap-x-1.5 text-sm text-muted">
          <span>{isAway ? 'There, when it was last heard:' : 'There:'}</span>
          <StageMark stage={there.stage} isOld={isAway} />
          {there.agent !== undefined && <UntrustedLine text={`by ${there.agent}`} />}
        </p>
      )}
    </>
  );
}

const mostReviews = 5;

/** Requests about its commit, and what its agent asks for; of what is not decided yet also how the gates stand. */
function ReviewsOf({ story }: { story: StoryRecord }) {
  const commit = commitOf(story.place);
  const standingOf = useStandings();
  const own = useRecords('approval').filter(
    (one) => one.pin.commit === commit || (story.agent !== undefined && one.agent === story.agent),
  );
  if (own.length === 0) return null;
  const newest = own.slice(-mostReviews).toReversed();
  return (
    <Part title="Reviews and gates">
      <ul>
        {newest.map((approval) => {
          const gates = isUndecided(approval.state) ? standingOf(approval)?.text : undefined;
          return (
            <li key={approval.id}>
              <button
                type="button"
                title={gates}
                onClick={() => openApproval(approval.id)}
                className="-mx-1.5 flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
              >
                <span className="shrink-0 font-mono text-sm">{approval.id}</span>
                <span className="shrink-0">{approval.state}</span>
                <span className="min-w-0 flex-1 truncate text-sm text-muted">{gates}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Stories({ title, ids }: { title: string; ids: readonly string[] }) {
  const known = useKnown();
  if (ids.length === 0) return null;
  return (
    <Part title={`${title} (${ids.length})`}>
      <ul>
        {ids.slice(0, 50).map((id) => {
          const story = known.story(id);
          const stage = story?.place.stage ?? known.gone(id)?.stage ?? 'archived';
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => openStory(id)}
                className="-mx-1.5 flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
              >
                <StatusDot {...stageDots[stage]} word={stageTitles[stage]} />
                <span className="shrink-0 font-mono text-sm text-muted">{id}</span>
                <UntrustedLine text={story?.title ?? stageTitles[stage]} className="flex-1" />
              </button>
            </li>
          );
        })}
      </ul>
      {ids.length > 50 && <p className="text-sm text-muted">and {ids.length - 50} more</p>}
    </Part>
  );
}
