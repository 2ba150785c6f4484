/** What the operator writes at a conflict: a message to both sides, or why it is none. */
import { useState } from 'react';
import type { ConflictKind, ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import { useSend } from '../../hub/use-command.ts';
import { amendPlace, navigate } from '../../shell/ui-state.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import { Button } from '../../ui/button.tsx';
import { ComposeBox } from '../../ui/compose-box.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { showDone } from '../../ui/toast.tsx';
import { agentsOf, sidesOf } from './conflict-words.ts';
import { subjectOf } from './use-conflicts.ts';

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

export function MessageBoth({ conflict, onLeave }: WritingProps) {
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
export function Dismissal({ conflict, onLeave }: WritingProps) {
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
