import { MessageSquare } from 'lucide-react';
import { maxCommentChars } from '../../../../preload/contract/review-bounds.ts';
import { Button } from '../../../ui/button.tsx';
import { ComposeBox } from '../../../ui/compose-box.tsx';
import { isAbout, type ReviewComment, sayLines } from '../review-comments.ts';
import type { DiffReview } from './diff-review.ts';

interface CommentBoxProps {
  /** Without a text: a new one. */
  comment: ReviewComment;
  review: DiffReview;
}

/** Below its line: the comment, or the box to write it. Nothing is sent from here. */
export function CommentBox({ comment, review }: CommentBoxProps) {
  const { writing, onWriting, onComment } = review;
  const { text, ...place } = comment;
  const isOpen = writing?.place !== undefined && isAbout(writing.place, comment);
  const isRange = place.startLine !== undefined && place.startLine !== place.lineNumber;
  return (
    <div className="max-w-160 px-3 py-2">
      {isOpen ? (
        <BoxEditor
          label={`Comment on ${sayLines(writing.place ?? place)}`}
          text={writing.text}
          isKept={text !== ''}
          send="Keep"
          hint={`On ${sayLines(writing.place ?? place)}, not sent yet`}
          onText={(next) => onWriting({ place: writing.place, text: next })}
          onSend={(next) => onComment({ ...place, ...writing.place, text: next })}
          onCancel={() => onWriting(undefined)}
        />
      ) : (
        <div className="flex items-start gap-2">
          <MessageSquare size={14} aria-hidden className="mt-2 shrink-0 text-amber" />
          <div className="min-w-0 flex-1 py-1">
            <span className="text-sm text-amber">
              Not sent{isRange || place.lineNumber === undefined ? `, on ${sayLines(place)}` : ''}
            </span>
            <p className="text-untrusted">{text}</p>
          </div>
          <Button look="quiet" onClick={() => onWriting({ place, text })}>
            Edit
          </Button>
          <Button look="quiet" onClick={() => onComment({ ...place, text: '' })}>
            Remove
          </Button>
        </div>
      )}
    </div>
  );
}

interface BoxEditorProps {
  label: string;
  text: string;
  /** Emptied, it is taken away. */
  isKept: boolean;
  send: string;
  hint: string;
  onText: (text: string) => void;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** It was asked for a moment ago, so it takes the keyboard. */
export function BoxEditor(props: BoxEditorProps) {
  return (
    <div ref={focusField}>
      <ComposeBox
        label={props.label}
        placeholder={props.label}
        value={props.text}
        onChange={props.onText}
        send={props.send}
        onSend={props.onSend}
        busy={false}
        mayBeEmpty={props.isKept}
        onEscape={props.onCancel}
        maxLength={maxCommentChars}
      >
        <span className="text-sm text-faint">{props.hint}</span>
        <span className="flex-1" />
        <Button look="quiet" shortcut="Escape" onClick={props.onCancel}>
          Cancel
        </Button>
      </ComposeBox>
    </div>
  );
}

function focusField(box: HTMLDivElement | null): void {
  box?.querySelector('textarea')?.focus({ preventScroll: true });
}
