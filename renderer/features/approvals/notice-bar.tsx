import { TriangleAlert } from 'lucide-react';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Notice } from './present-approval.ts';

const looks = { amber: 'bg-amber-soft text-amber', red: 'bg-red-soft text-red' };

/** Something the operator has to know: what it is, and what to do about it. */
export function NoticeBar({ notice: { tone, title, text, files } }: { notice: Notice }) {
  return (
    <div
      role={tone === 'red' ? 'alert' : 'status'}
      className={classNames('flex shrink-0 gap-2 border-b px-4 py-1.5', looks[tone])}
    >
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <div className="text-selectable min-w-0 flex-1">
        <span className="font-medium">{toPlainLine(title)}</span>{' '}
        <span className="text-fg">{toPlainLine(text)}</span>
        {files && (
          <ul className="max-h-24 overflow-y-auto pt-0.5 font-mono text-sm text-fg">
            {files.map((file) => (
              <li key={file} className="truncate" title={toPlainLine(file)}>
                {toPlainLine(file)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
