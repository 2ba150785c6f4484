import { MessageSquare } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { matchesChord } from '../../ui/shortcut.ts';
import { TextArea } from '../../ui/text-field.tsx';
import { keepNote } from './review-drafts.ts';

export const maxNote = 20_000;

interface YesNoteProps {
  approval: string;
  agent: string;
  note: string;
  /** There is a field for it. */
  isOpen: boolean;
  onOpen: () => void;
  onNote: (note: string) => void;
  onSend: () => void;
  /** Back to the button that approves; what was written stays. */
  onBack: () => void;
}

/** What is said with a yes. It is kept as it is written, so a yes that is undone or refused loses no word. */
export function YesNote(props: YesNoteProps) {
  const { approval, agent, note, isOpen, onOpen, onNote, onSend, onBack } = props;
  if (!isOpen)
    return (
      <Button look="quiet" icon={MessageSquare} shortcut="m" onClick={onOpen}>
        Add a note
      </Button>
    );
  const over = note.length - maxNote;
  const handleKey = (event: React.KeyboardEvent) => {
    if (matchesChord(event, 'Mod+Enter')) onSend();
    else if (event.key === 'Escape') onBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <TextArea
      autoFocus
      label={`Note to ${agent}, with the yes`}
      placeholder="What should it know?"
      error={over > 0 ? `${over} characters too long.` : undefined}
      hint={`${agent} gets it with what becomes of the merge. Ctrl+Enter approves.`}
      value={note}
      onChange={(event) => {
        onNote(event.target.value);
        keepNote(approval, event.target.value);
      }}
      onKeyDown={handleKey}
    />
  );
}

interface SendCommentsProps {
  count: number;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Comments that were written go along, unless the operator says otherwise. */
export function SendComments({ count, isOn, onChange }: SendCommentsProps) {
  return (
    <label className="flex min-w-0 items-center gap-2">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 shrink-0 accent-(--accent)"
      />
      <span>{count === 1 ? 'Send your comment along' : `Send your ${count} comments along`}</span>
    </label>
  );
}
