import { MessageSquare } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { ComposeBox } from '../../../ui/compose-box.tsx';
import { maxCommentChars } from '../review-comments.ts';

interface CommentBoxProps {
  /** What was kept before; undefined for a new comment. */
  text: string | undefined;
  /** What is being written; undefined while nothing is. */
  draft: string | undefined;
  onDraft: (draft: string) => void;
  /** With nothing: takes the comment away. */
  onSave: (text: string) => void;
  onCancel: () => void;
}

/** Below its line: the comment, or the box to write it. Nothing is sent from here. */
export function CommentBox({ text, draft, onDraft, onSave, onCancel }: CommentBoxProps) {
  return (
    <div className="border-y bg-raised px-3 py-2 font-sans text-base whitespace-normal">
      <div className="max-w-150">
        {draft !== undefined ? (
          <Editor {...{ text, draft, onDraft, onSave, onCancel }} />
        ) : (
          <div className="flex items-start gap-2">
            <MessageSquare size={14} aria-label="Comment" className="mt-2 shrink-0 text-faint" />
            <p className="text-untrusted min-w-0 flex-1 py-1">{text}</p>
            <Button look="quiet" onClick={() => onDraft(text ?? '')}>
              Edit
            </Button>
            <Button look="quiet" onClick={() => onSave('')}>
              Remove
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function Editor({ text, draft, onDraft, onSave, onCancel }: CommentBoxProps) {
  return (
    <div ref={focusField}>
      <ComposeBox
        label="Comment on this line"
        placeholder="Comment on this line"
        value={draft ?? ''}
        onChange={onDraft}
        send="Keep"
        onSend={onSave}
        busy={false}
        mayBeEmpty={text !== undefined}
        onEscape={onCancel}
        maxLength={maxCommentChars}
      >
        <span className="text-sm text-faint">Reaches the agent with your denial</span>
        <span className="flex-1" />
        <Button look="quiet" shortcut="Escape" onClick={onCancel}>
          Cancel
        </Button>
      </ComposeBox>
    </div>
  );
}

/** It was asked for a moment ago, so it takes the keyboard. */
function focusField(box: HTMLDivElement | null): void {
  box?.querySelector('textarea')?.focus({ preventScroll: true });
}
