import { Paperclip } from 'lucide-react';
import { useState } from 'react';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { formatBytes } from '../../ui/format-bytes.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { AttachmentDialog } from './attachment-dialog.tsx';
import { Deadline } from './deadline.tsx';
import { sayAnswer } from './use-answer.ts';

interface QuestionTextProps {
  question: QuestionRecord;
  /** Where there is room. */
  isLarge?: boolean;
}

/** What is asked, what is shown with it, what was said to it before, and when it ends. */
export function QuestionText({ question, isLarge }: QuestionTextProps) {
  const { text, former } = question;
  return (
    <>
      <UntrustedText text={text} className={isLarge ? 'text-lg' : ''} />
      <Attachments question={question} />
      {former && (
        <p className="mt-3 text-sm text-muted">
          {former.answer
            ? `Asked before, and answered: “${toPlainLine(sayAnswer(former.answer))}”`
            : `Asked before, and ${former.state} without an answer`}
        </p>
      )}
      <Deadline question={question} />
    </>
  );
}

function Attachments({ question: { id, attachments = [] } }: { question: QuestionRecord }) {
  const [shown, show] = useState<string>();
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attached files" className="mt-3 flex flex-wrap gap-1.5">
      {attachments.map(({ path, sizeBytes }) => (
        <li key={path} className="max-w-full">
          <button
            type="button"
            onClick={() => show(path)}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md border border-line-strong px-2 text-sm hover:bg-hover"
          >
            <Paperclip size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
            <span className="truncate font-mono">{toPlainLine(path)}</span>
            <span className="shrink-0 text-muted">{formatBytes(sizeBytes)}</span>
          </button>
        </li>
      ))}
      {shown !== undefined && (
        <AttachmentDialog question={id} path={shown} onClose={() => show(undefined)} />
      )}
    </ul>
  );
}
