import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { matchesChord } from '../../ui/shortcut.ts';
import { TextArea } from '../../ui/text-field.tsx';

interface DenyFormProps {
  agent: string;
  onSend: (note: string) => void;
  onCancel: () => void;
}

const maxNote = 20_000;

/** Why not. Without a word it asks once more: an agent that is not told why does the same again. */
export function DenyForm({ agent, onSend, onCancel }: DenyFormProps) {
  const [note, setNote] = useState('');
  const [wasAsked, setWasAsked] = useState(false);
  const isEmpty = note.trim() === '';
  const send = () => {
    if (isEmpty && !wasAsked) setWasAsked(true);
    else onSend(note.trim());
  };
  const handleKey = (event: React.KeyboardEvent) => {
    if (matchesChord(event, 'Mod+Enter')) send();
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex items-end gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <TextArea
          autoFocus
          label={`Note to ${agent}`}
          placeholder="What should be different?"
          maxLength={maxNote}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={handleKey}
          hint={
            isEmpty && wasAsked
              ? `Deny without a word? ${agent} will not know why.`
              : `${agent} gets this in its inbox.`
          }
        />
      </div>
      <Button look="quiet" shortcut="Escape" onClick={onCancel}>
        Cancel
      </Button>
      <Button look="danger" shortcut="Mod+Enter" onClick={send}>
        {isEmpty && wasAsked ? 'Deny without note' : 'Deny'}
      </Button>
    </div>
  );
}
