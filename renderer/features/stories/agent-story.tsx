import { useStore } from 'zustand';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { Table } from '../../../preload/contract/table.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { selectTable } from '../../hub/use-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { Fact } from '../../ui/fact.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { isInWork } from './move/targets.ts';
import { openStory } from './stories-ui.ts';

/** What an agent has in work, of all agents at once: kept up by what changed, for a page may show fifty of them. */
const inWork = { table: Table.empty<StoryRecord>(), byAgent: new Map<string, StoryRecord>() };

function storyInWork(table: Table<StoryRecord>, agent: string): StoryRecord | undefined {
  if (table !== inWork.table) {
    const changes = inWork.table.differencesTo(table);
    for (const { before } of changes)
      if (before?.agent !== undefined && inWork.byAgent.get(before.agent)?.id === before.id)
        inWork.byAgent.delete(before.agent);
    for (const { after } of changes)
      if (after?.agent !== undefined && isInWork(after.place))
        inWork.byAgent.set(after.agent, after);
    inWork.table = table;
  }
  return inWork.byAgent.get(agent);
}

function useStoryOf(agent: string): StoryRecord | undefined {
  return useStore(useHub().mirror, (state) => storyInWork(selectTable(state, 'story'), agent));
}

/** Beside an agent's name: which story it has in work, and the way there. */
export function StoryOf({ agent, className }: { agent: string; className?: string }) {
  const story = useStoryOf(agent);
  if (story === undefined) return null;
  const title = toPlainLine(story.title);
  return (
    <button
      type="button"
      title={`${story.id}: ${title}`}
      onClick={() => openStory(story.id)}
      className={classNames(
        'flex min-w-0 items-center gap-1.5 text-muted hover:underline',
        className,
      )}
    >
      <span className="shrink-0 font-mono text-sm">{story.id}</span>
      <span dir="auto" className="truncate">
        {title}
      </span>
    </button>
  );
}

/** Among what is known of an agent. */
export function AgentStoryFact({ agent }: { agent: AgentRecord }) {
  const story = useStoryOf(agent.id);
  if (story === undefined) return null;
  return (
    <Fact name="Story">
      <StoryOf agent={agent.id} className="max-w-full" />
    </Fact>
  );
}
