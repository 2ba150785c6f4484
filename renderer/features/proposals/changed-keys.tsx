import { TriangleAlert } from 'lucide-react';
import type { ConfigChange, ConfigDiff } from '../../../preload/contract/proposal-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';

type Facts = Pick<ConfigDiff, 'changes' | 'changeCount' | 'hasHidden'>;

/** What a new text of the configuration means, key by key: what to be wary of first, and in words. */
export function ChangedKeys({ changes, changeCount, hasHidden }: Facts) {
  const more = changeCount - changes.length;
  return (
    <>
      {hasHidden && (
        <p className="mb-2">
          <Warning>
            It has characters that are invisible or turn the reading direction around.
          </Warning>
        </p>
      )}
      {changes.length === 0 ? (
        <p className="text-muted">No key changes: only comments, or the order of things.</p>
      ) : (
        <ul aria-label="Changed keys" className="flex flex-col gap-2">
          {changes.map((change) => (
            <Key key={change.key} change={change} />
          ))}
        </ul>
      )}
      {more > 0 && <p className="mt-2 text-sm text-muted">and {more} more, in the text</p>}
    </>
  );
}

function Key({ change: { key, from, to, warning } }: { change: ConfigChange }) {
  return (
    <li
      className={classNames(
        'border-l-2 pl-2.5',
        warning === undefined ? 'border-line-strong' : 'border-red',
      )}
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <code className="text-selectable text-sm font-medium wrap-anywhere">
          {toPlainLine(key)}
        </code>{' '}
        {warning !== undefined && <Warning>{toPlainLine(warning)}</Warning>}
      </p>
      <p className="text-selectable font-mono text-sm wrap-anywhere">
        <Value text={from} />
        <span className="text-faint">
          <span aria-hidden> → </span>
          <span className="sr-only"> becomes </span>
        </span>
        <Value text={to} isNew />
      </p>
    </li>
  );
}

function Value({ text, isNew = false }: { text: string | undefined; isNew?: boolean }) {
  if (text === undefined) return <span className="font-sans text-muted">not set</span>;
  return <span className={isNew ? 'text-fg' : 'text-muted'}>{toPlainLine(text)}</span>;
}

function Warning({ children }: { children: React.ReactNode }) {
  return (
    <span className="inline-flex items-baseline gap-1 text-sm text-red">
      <TriangleAlert size={12} strokeWidth={2} aria-hidden className="shrink-0 self-center" />
      {children}
    </span>
  );
}
