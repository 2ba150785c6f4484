import { TriangleAlert } from 'lucide-react';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Notice } from './present-approval.ts';

/** Something the operator has to know before deciding: what it is, and what to do about it. */
export function NoticeBar({ notice: { title, text } }: { notice: Notice }) {
  return (
    <div
      role="status"
      className="flex shrink-0 gap-2 border-b bg-amber-soft px-4 py-1.5 text-amber"
    >
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <div className="text-selectable min-w-0 flex-1">
        <span className="font-medium">{toPlainLine(title)}</span>{' '}
        <span className="text-fg">{toPlainLine(text)}</span>
      </div>
    </div>
  );
}
