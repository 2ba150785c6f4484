import { useSend } from '../../../hub/use-command.ts';
import { useRecords } from '../../../hub/use-records.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { AgentDot } from '../../agents/index.ts';
import { NodeLabel } from '../../cluster/index.ts';
import { closeDialog } from '../stories-ui.ts';
import { useStories, useStory } from '../use-stories.ts';
import { isInWork } from './targets.ts';

/** Whose story it is. An agent has one in work at most, so what it has is said beside it. */
export function AssignDialog({ story: id }: { story: string }) {
  const story = useStory(id);
  const stories = useStories();
  const agents = useRecords('agent').filter(({ state }) => state !== 'destroyed');
  const send = useSend();
  if (story === undefined) return null;
  const inWork = new Map<string, string>();
  stories.forEach(({ id: other, agent, place }) => {
    if (agent !== undefined && other !== id && isInWork(place)) inWork.set(agent, other);
  });
  const give = (agent: string | undefined) => {
    closeDialog();
    if (agent === undefined) void send('story.unassign', { story: id });
    else if (agent !== story.agent) void send('story.assign', { story: id, agent });
  };
  const isOnNode = story.node !== undefined;
  const isNobodys = story.agent === undefined && !isOnNode;
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title={`Whose is ${id}`}
      description={<span className="line-clamp-1">{toPlainLine(story.title)}</span>}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the focus, this hears their keys */}
      <div onKeyDown={stepThrough} className="-mx-2 flex flex-col pb-2">
        {story.node && <OnNode id={story.node.id} />}
        <Choice isChosen={isNobodys} onChoose={() => give(undefined)} isDisabled={isOnNode}>
          Nobody’s
        </Choice>
        {agents.map((agent) => (
          <Choice
            key={agent.id}
            isChosen={agent.id === story.agent}
            isDisabled={isInWork(story.place) && inWork.has(agent.id)}
            detail={inWork.has(agent.id) ? `has ${inWork.get(agent.id)} in work` : ''}
            onChoose={() => give(agent.id)}
          >
            <AgentDot agent={agent} />
            {agent.id}
          </Choice>
        ))}
        {agents.length === 0 && (
          <p className="px-2 py-1 text-muted">There is no agent yet: add one with g n.</p>
        )}
      </div>
    </Dialog>
  );
}

/** It goes on there until somebody here has it. */
function OnNode({ id }: { id: string }) {
  return (
    <p className="px-2 py-1 text-muted">
      <NodeLabel id={id} /> works on it. Given to an agent here, it is dropped there.
    </p>
  );
}

interface ChoiceProps {
  isChosen: boolean;
  isDisabled?: boolean;
  detail?: string;
  onChoose: () => void;
  children: React.ReactNode;
}

function Choice({ isChosen, isDisabled = false, detail, onChoose, children }: ChoiceProps) {
  return (
    <button
      type="button"
      disabled={isDisabled}
      // biome-ignore lint/a11y/noAutofocus: the dialog was opened to choose one
      autoFocus={isChosen}
      aria-pressed={isChosen}
      onClick={onChoose}
      className="flex h-row items-center gap-2 rounded-md px-2 text-left hover:bg-hover focus-visible:bg-selected disabled:text-faint aria-pressed:font-medium"
    >
      {children}
      <span className="ml-auto text-sm text-muted">{isChosen ? 'now' : detail}</span>
    </button>
  );
}

function stepThrough(event: React.KeyboardEvent): void {
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[(at + by + all.length) % all.length]?.focus();
}
