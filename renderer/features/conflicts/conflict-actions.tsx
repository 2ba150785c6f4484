import { ChevronDown, FastForward, MessagesSquare, Pause } from 'lucide-react';
import { useState } from 'react';
import type { ConflictKind, ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { amendPlace, navigate } from '../../shell/ui-state.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { ComposeBox } from '../../ui/compose-box.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { showDone } from '../../ui/toast.tsx';
import { agentsOf, isOpen, sidesOf } from './conflict-words.ts';
import { MergeOrder } from './merge-order.tsx';
import { subjectOf } from './use-conflicts.ts';

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

interface WritingProps {
  conflict: ConflictRecord;
  onLeave: () => void;
}

const namedInDraft = 5;

type Draft = Readonly<Record<ConflictKind, (agents: ConflictRecord['agents']) => string>>;

const draftWords: Draft = {
  'in-flight': () => 'You both change',
  forward: () => 'You are both about to change',
  ownership: ([first, second]) => `${second} writes what ${first} works on:`,
};

/** What most would write: where it is, and who is to wait. */
function draftFor({ kind, agents, files, fileCount, order }: ConflictRecord): string {
  const [first, second] = order;
  const named = files.slice(0, namedInDraft).map(({ path }) => toPlainLine(path));
  const more = fileCount - named.length;
  const where = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
  if (isBranchSide(first))
    return `${sideName(first)} has moved on, and what you changed in ${where} does not merge with it. Commit, rebase on ${sideName(first)}, and go on from there.`;
  const what = draftWords[kind](agents);
  return `${what} ${where}. ${first} goes first: ${second}, leave it alone until that is merged, then rebase.`;
}

function MessageBoth({ conflict, onLeave }: WritingProps) {
  const send = useSend();
  const [text, setText] = useState(() => draftFor(conflict));
  const [isBusy, setBusy] = useState(false);
  const agents = agentsOf(conflict);
  const say = async (body: string) => {
    setBusy(true);
    const isSent = await send('message.send', { to: [...agents], body });
    setBusy(false);
    if (!isSent) return;
    showDone(`Sent to ${agents.join(' and ')}`);
    onLeave();
  };
  const label = `Message to ${agents.join(' and ')}`;
  return (
    <Written>
      <ComposeBox
        label={label}
        placeholder={label}
        value={text}
        onChange={setText}
        send={agents.length === 2 ? 'Send to both' : 'Send'}
        onSend={(body) => void say(body)}
        busy={isBusy}
        onEscape={onLeave}
      >
        <Button look="quiet" onClick={onLeave}>
          Cancel
        </Button>
      </ComposeBox>
    </Written>
  );
}

/** Held for a while, and undone by the same key as every decision. */
function Dismissal({ conflict, onLeave }: WritingProps) {
  const send = useSend();
  const decide = useDecide();
  const [note, setNote] = useState('');
  const { id } = conflict;
  const dismiss = (text: string) => {
    // What was asked for is shown however it stands: this one is not asked for any more.
    amendPlace(undefined);
    onLeave();
    decide({
      subject: subjectOf(id),
      what: `Dismissed the conflict of ${sidesOf(conflict).join(' and ')}`,
      send: () => send('conflict.dismiss', { conflict: id, ...(text !== '' && { note: text }) }),
      onBack: (why) => why === 'undone' && navigate('conflicts', `conflict/${id}`),
    });
  };
  return (
    <Written>
      <ComposeBox
        label="Why it does not matter"
        placeholder="Why it does not matter (may stay empty). It comes back when its files are others."
        value={note}
        onChange={setNote}
        send="Dismiss"
        mayBeEmpty
        maxLength={2_000}
        onSend={dismiss}
        busy={false}
        onEscape={onLeave}
      >
        <Button look="quiet" onClick={onLeave}>
          Cancel
        </Button>
      </ComposeBox>
    </Written>
  );
}

/** Whoever opens it writes at once. */
function Written({ children }: { children: React.ReactNode }) {
  return <div ref={(element) => element?.querySelector('textarea')?.focus()}>{children}</div>;
}
