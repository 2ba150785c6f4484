import { ChevronDown, FastForward, MessagesSquare, Pause } from 'lucide-react';
import { useState } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { agentsOf, isOpen } from './conflict-words.ts';
import { MergeOrder } from './merge-order.tsx';
import { Dismissal, MessageBoth } from './conflict-writing.tsx';

interface ConflictActionsProps {
  conflict: ConflictRecord;
  /** The keyboard goes back to the list. */
  onDone: () => void;
}

type Writing = 'message' | 'dismissal';

/** What can be done about it. */
export function ConflictActions({ conflict, onDone }: ConflictActionsProps) {
  const [writing, setWriting] = useState<Writing>();
  const canDismiss = isOpen(conflict);
  const agents = agentsOf(conflict);
  const leave = () => {
    setWriting(undefined);
    onDone();
  };
  useShortcuts([{ keys: 'm', run: () => setWriting('message') }]);
  useShortcuts([{ keys: 'x', run: () => setWriting('dismissal') }], canDismiss);
  return (
    <footer className="flex shrink-0 flex-col gap-2 border-t px-4 py-3">
      {writing === 'message' && <MessageBoth conflict={conflict} onLeave={leave} />}
      {writing === 'dismissal' && <Dismissal conflict={conflict} onLeave={leave} />}
      {writing === undefined && (
        <>
          {agents.length === 2 && <MergeOrder conflict={conflict} />}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              look="primary"
              icon={MessagesSquare}
              shortcut="m"
              onClick={() => setWriting('message')}
            >
              {agents.length === 2 ? 'Message both' : `Message ${agents[0]}`}
            </Button>
            <PauseMenu agents={agents} />
            {canDismiss && (
              <Button
                look="quiet"
                className="ml-auto"
                shortcut="x"
                onClick={() => setWriting('dismissal')}
              >
                Dismiss…
              </Button>
            )}
          </div>
        </>
      )}
    </footer>
  );
}

/** Only what runs can be held where it is. */
function PauseMenu({ agents: [first, second] }: { agents: readonly string[] }) {
  const agents = [useRecord('agent', first ?? ''), useRecord('agent', second ?? '')];
  const send = useSend();
  const items = agents.flatMap((agent): MenuItem[] => {
    if (agent?.state !== 'running') return [];
    const { id, paused } = agent;
    const [verb, icon] = paused ? (['Resume', FastForward] as const) : (['Pause', Pause] as const);
    const type = paused ? 'agent.resume' : 'agent.pause';
    return [{ label: `${verb} ${id}`, icon, onSelect: () => void send(type, { agent: id }) }];
  });
  if (items.length === 0) return null;
  return (
    <Menu groups={[items]} align="start">
      <Button icon={Pause}>
        {second === undefined ? 'Pause' : 'Pause one'} <ChevronDown size={14} aria-hidden />
      </Button>
    </Menu>
  );
}
