import { useState } from 'react';
import type { ReviewVerdict } from '../../../preload/contract/reviews.ts';
import { Button } from '../../ui/button.tsx';
import { matchesChord } from '../../ui/shortcut.ts';
import { TextArea } from '../../ui/text-field.tsx';
import { keepNote, noteOf } from './review-drafts.ts';

interface DenyFormProps {
  approval: string;
  agent: string;
  /** `comment` sends what was written and decides nothing. */
  verdict: ReviewVerdict;
  /** Comments that go along. */
  commentCount: number;
  /** What stands in it at first; else what was written before. */
  suggested: string | undefined;
  onSend: (note: string) => void;
  onCancel: () => void;
}

const maxNote = 20_000;

/** What is said of the whole. Without a word it asks once more: an agent that is not told why does the same again. */
export function DenyForm(props: DenyFormProps) {
  const { approval, agent, verdict, commentCount, onSend, onCancel } = props;
  const [note, setNote] = useState(() => props.suggested ?? noteOf(approval));
  const [wasAsked, setWasAsked] = useState(false);
  const isDenial = verdict === 'request-changes';
  const isEmpty = note.trim() === '' && commentCount === 0;
  const isTooLong = note.length > maxNote;
  const send = () => {
    if (isTooLong || (isEmpty && !isDenial)) return;
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
    <div className="flex flex-wrap items-end justify-end gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-80">
        <TextArea
          autoFocus
          label={`Note to ${agent}`}
          placeholder={isDenial ? 'What should be different?' : 'What do you think of the whole?'}
          error={isTooLong ? `${note.length - maxNote} characters too long.` : undefined}
          value={note}
          onChange={(event) => {
            setNote(event.target.value);
            keepNote(approval, event.target.value);
          }}
          onKeyDown={handleKey}
          hint={
            isEmpty && wasAsked
              ? `Deny without a word? ${agent} will not know why.`
              : sayWhatHappens(agent, isDenial, commentCount)
          }
        />
      </div>
      <Button look="quiet" shortcut="Escape" onClick={onCancel}>
        Cancel
      </Button>
      <Button
        look={isDenial ? 'danger' : 'primary'}
        shortcut="Mod+Enter"
        disabled={isEmpty && !isDenial}
        onClick={send}
      >
        {isDenial ? (isEmpty && wasAsked ? 'Deny without note' : 'Deny') : 'Send'}
      </Button>
    </div>
  );
}

function sayWhatHappens(agent: string, isDenial: boolean, count: number): string {
  const along =
    count === 0 ? '' : count === 1 ? ', with your comment' : `, with your ${count} comments`;
  const rest = isDenial ? '' : ' Nothing is decided by it.';
  return `${agent} gets this in its inbox${along}.${rest}`;
}
