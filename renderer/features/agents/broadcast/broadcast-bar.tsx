import { Check, Columns2, X } from 'lucide-react';
import { useState } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { Button } from '../../../ui/button.tsx';
import { ComposeBox } from '../../../ui/compose-box.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { BulkMenu } from '../bulk/bulk-menu.tsx';
import { type Audience, audienceOf, nameAll, type Outcome, type Way } from './broadcast.ts';
import { useBroadcast } from './use-broadcast.ts';
import { chooseNobody } from './use-chosen.ts';

const ways = [
  { value: 'type', label: 'Type into terminals' },
  { value: 'message', label: 'Send message' },
] as const;

const placeholders: Readonly<Record<Way, string>> = {
  type: 'What they are to do now: typed into each terminal, then Enter',
  message: 'They read this when they next look at their messages',
};

interface BroadcastBarProps {
  /** Those that are chosen. */
  agents: readonly AgentRecord[];
  onSplit: () => void;
  /** Back to the list. */
  onLeave: () => void;
}

/** To whom, what, and then what became of it with each. */
export function BroadcastBar({ agents, onSplit, onLeave }: BroadcastBarProps) {
  const [way, setWay] = useState<Way>('type');
  const [text, setText] = useState('');
  const { send, isBusy, outcomes, forget } = useBroadcast();
  const audience = audienceOf(agents, way);
  const handleSend = async (body: string) => {
    if (audience.receivers.length === 0) return;
    if (await send(body, way)) setText('');
  };
  const count = audience.receivers.length;
  return (
    <section aria-label="Chosen agents" className="shrink-0 border-t bg-raised px-4 pt-1.5 pb-3">
      <div className="flex h-row items-center gap-2">
        <Recipients audience={audience} />
        <BulkMenu agents={agents} />
        {agents.length >= 2 && agents.length <= 4 && (
          <Button look="quiet" icon={Columns2} onClick={onSplit}>
            Side by side
          </Button>
        )}
        <IconButton icon={X} label="Choose nobody" shortcut="Escape" onClick={chooseNobody} />
      </div>
      <ComposeBox
        label={`${way === 'type' ? 'Type into the terminals of' : 'Message to'} ${count} agents`}
        placeholder={placeholders[way]}
        value={text}
        onChange={(value) => {
          setText(value);
          if (outcomes.length > 0) forget();
        }}
        send={way === 'type' ? `Type into ${count}` : `Send to ${count}`}
        onSend={(body) => void handleSend(body)}
        busy={isBusy}
        onEscape={onLeave}
      >
        <Segmented label="How" value={way} segments={ways} onChange={setWay} />
      </ComposeBox>
      <Outcomes outcomes={outcomes} />
    </section>
  );
}

function Recipients({ audience: { receivers, left } }: { audience: Audience }) {
  const without = left.map(({ agent, why }) => `${agent} (${why})`);
  const text = receivers.length === 0 ? 'Nobody can be reached so' : `To ${nameAll(receivers)}`;
  const rest = without.length === 0 ? '' : `Not to ${nameAll(without)}`;
  return (
    <p className="min-w-0 flex-1 truncate" title={[`To ${receivers.join(', ')}`, rest].join('\n')}>
      <span className="font-medium">{text}</span>
      {rest && <span className="ml-3 text-muted">{rest}</span>}
    </p>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <div role="status" className="max-h-24 overflow-y-auto">
      {outcomes.length > 0 && (
        <ul className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-x-4">
          {outcomes.map(({ agent, isThere, text }) => (
            <li key={agent} className="flex h-6 min-w-0 items-center gap-1.5 text-sm">
              {isThere ? (
                <Check size={14} aria-label="Arrived" className="shrink-0 text-green" />
              ) : (
                <X size={14} aria-label="Did not arrive" className="shrink-0 text-red" />
              )}
              <span className="font-medium">{agent}</span>
              <span className="min-w-0 truncate text-muted" title={text}>
                {text}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
