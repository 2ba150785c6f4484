import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { matchesChord } from '../../ui/shortcut.ts';
import { TextArea } from '../../ui/text-field.tsx';
import { keepNote, noteOf } from './review-drafts.ts';
import { formatReview, type ReviewComment } from './review-comments.ts';

interface DenyFormProps {
  approval: string;
  agent: string;
  /** They go along, after the note. */
  comments: readonly ReviewComment[];
  onSend: (note: string) => void;
  onCancel: () => void;
}

const maxNote = 20_000;

/** Why not. Without a word it asks once more: an agent that is not told why does the same again. */
export function DenyForm({ approval, agent, comments, onSend, onCancel }: DenyFormProps) {
  const [note, setNote] = useState(() => noteOf(approval));
  const [wasAsked, setWasAsked] = useState(false);
  const whole = formatReview(note, comments);
  const isEmpty = whole === '';
  const isTooLong = whole.length > maxNote;
  const send = () => {
    if (isTooLong) return;
    if (isEmpty && !wasAsked) setWasAsked(true);
    else onSend(whole);
  };
  const handleKey = (event: React.KeyboardEvent) => {
    if (matchesChord(event, 'Mod+Enter')) send();
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex flex-wrap items-end justify-end gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-80">
        <TextArea
          autoFocus
          label={`Note to ${agent}`}
          placeholder="What should be different?"
          error={isTooLong ? `${whole.length - maxNote} characters too long.` : undefined}
          value={note}
          onChange={(event) => {
            setNote(event.target.value);
            keepNote(approval, event.target.value);
          }}
          onKeyDown={handleKey}
          hint={
            isEmpty && wasAsked
              ? `Deny without a word? ${agent} will not know why.`
              : `${agent} gets this in its inbox${withComments(comments.length)}.`
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

function withComments(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', with your comment' : `, with your ${count} comments`;
}
