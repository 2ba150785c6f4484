import type { ReactNode } from 'react';
import { useRecord } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { AgentDot } from '../agents/index.ts';
import { StoryOf } from '../stories/index.ts';
import type { ItemBase } from './kind.ts';
import { Snooze } from './snooze.tsx';

interface DetailFrameProps {
  item: ItemBase;
  /** After the agent's name: `asks`. */
  verb: string;
  children: ReactNode;
  /** What to choose from: right below the text, and in sight however long that is. */
  choices?: ReactNode;
  /** Stays in sight below what scrolls. */
  footer: ReactNode;
}

const namedWords = { agent: 'from', target: 'target', other: 'of' } as const;

/** The agent that waits, with its terminal. */
export function showAgent({ agent }: Pick<ItemBase, 'agent'>): void {
  navigate('agents', `agent/${agent}`);
}

/** Who waits and how long, what about, and below it what can be done. */
export function DetailFrame({ item, verb, children, choices, footer }: DetailFrameProps) {
  const agent = useRecord('agent', item.agent);
  return (
    <section
      aria-label={`${item.look.word} ${namedWords[item.named]} ${item.agent}`}
      className="flex min-h-0 flex-1 flex-col"
    >
      <header className="flex h-bar shrink-0 items-center gap-2 border-b px-4">
        {agent && <AgentDot agent={agent} />}
        {item.named !== 'agent' ? (
          <h2 className="max-w-1/2 shrink-0 truncate font-medium">{toPlainLine(item.agent)}</h2>
        ) : (
          <button
            type="button"
            className="max-w-1/2 shrink-0 truncate font-medium hover:underline"
            onClick={() => showAgent(item)}
          >
            {item.agent}
          </button>
        )}
        <span className="min-w-0 truncate text-muted">{verb}</span>
        <span className="flex min-w-0 flex-1 overflow-hidden">
          {item.named !== 'target' && <StoryOf agent={item.agent} />}
        </span>
        <span className="shrink-0 text-sm text-muted">
          {item.isBlocking ? 'stopped' : 'waits'} <RelativeTime atMs={item.sinceMs} prefix="for" />
        </span>
        {!item.isBetweenAgents && <Snooze items={[item]} />}
      </header>
      <div className="min-h-20 overflow-y-auto px-4 py-3">{children}</div>
      {choices && (
        <div className="max-h-1/2 shrink-0 overflow-y-auto border-t px-4 py-3">{choices}</div>
      )}
      <span className="flex-1" />
      <footer className="flex shrink-0 flex-col gap-2 border-t px-4 py-3">{footer}</footer>
    </section>
  );
}
