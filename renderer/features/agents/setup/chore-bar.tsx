import { CircleX, LoaderCircle } from 'lucide-react';
import type { Chore } from '../../../../preload/contract/agent-chores.ts';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { useCommand } from '../../../hub/use-command.ts';
import { useLive } from '../../../hub/use-records.ts';
import { Button } from '../../../ui/button.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { capitalized } from '../present-agent.ts';
import { choreVerb, commandOf, sayEnd } from './chore-words.ts';

type WithChore = AgentRecord & { readonly chore: Chore };

const bar =
  'flex min-h-bar shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-t border-line bg-raised px-3 py-1';

/** Below what they show: which of the commands runs and since when, or how it ended; and the ways on. */
export function ChoreBar({ agent }: { agent: WithChore }) {
  return agent.chore.state === 'running' ? <Running agent={agent} /> : <Ended agent={agent} />;
}

function Running({ agent }: { agent: WithChore }) {
  const run = useCommand();
  const line = useLive('choreLine', agent.id)?.line;
  const { chore } = agent;
  const { commands, index = 0, sinceMs } = chore;
  const command = toPlainLine(commandOf(chore));
  const isCut = agent.state === 'stopping';
  return (
    <div role="status" className={bar}>
      <LoaderCircle
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="shrink-0 animate-spin text-blue motion-reduce:animate-none"
      />
      <span className="shrink-0">{isCut ? 'Cancelling' : capitalized(choreVerb(chore))}</span>
      {commands.length > 1 && (
        <span className="shrink-0 text-muted tabular-nums">
          {index + 1} of {commands.length}
        </span>
      )}
      <code className="max-w-80 min-w-0 truncate text-sm" title={command}>
        {command}
      </code>
      <RelativeTime atMs={sinceMs} prefix="for" className="text-faint" />
      <span className="min-w-40 flex-1 truncate text-sm text-muted">
        {line !== undefined && toPlainLine(line)}
      </span>
      <Button disabled={isCut} onClick={() => void run('agent.stop', { agent: agent.id })}>
        Cancel
      </Button>
    </div>
  );
}

function Ended({ agent }: { agent: WithChore }) {
  const run = useCommand();
  const { id, chore } = agent;
  const { title, text } = sayEnd(chore);
  const isCut = chore.state === 'cut';
  const isSetup = chore.kind === 'setup';
  return (
    <div role="status" className={bar}>
      <CircleX
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={`shrink-0 ${isCut ? 'text-muted' : 'text-red'}`}
      />
      <span className="shrink-0">{title}</span>
      <span className="min-w-32 flex-1 wrap-anywhere text-muted">{toPlainLine(text)}</span>
      {isSetup ? (
        <span className="ml-auto flex shrink-0 gap-2">
          <Button onClick={() => void run('agent.start', { agent: id, skipSetup: true })}>
            Start anyway
          </Button>
          <Button onClick={() => void run('agent.start', { agent: id })}>Run again</Button>
        </span>
      ) : (
        <span className="ml-auto flex shrink-0 gap-2">
          <Button onClick={() => void run('agent.destroy', { agent: id, force: true })}>
            Destroy anyway
          </Button>
          <Button onClick={() => void run('agent.destroy', { agent: id })}>Run again</Button>
        </span>
      )}
    </div>
  );
}
