import { Copy } from 'lucide-react';
import { toPlainLine } from './plain-text.ts';
import { showDone } from './toast.tsx';

interface CopyLineProps {
  /** What is copied, whole; shown harmlessly, cut after three lines. */
  text: string;
  /** What it is, read out before it: `Copy the command`. */
  label: string;
}

/** Words for a terminal: a press copies all of them. */
export function CopyLine({ text, label }: CopyLineProps) {
  const copy = () => {
    const copied =
      navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => showDone(`Copied ${toPlainLine(text)}`),
      // To be copied by hand.
      () => showDone(toPlainLine(text)),
    );
  };
  return (
    <button
      type="button"
      title={`${toPlainLine(text)}\nPress to copy`}
      onClick={copy}
      className="group/copy flex min-h-7 w-full min-w-0 items-center gap-2 rounded-md border bg-raised px-2 py-1 text-left hover:bg-hover"
    >
      <span className="sr-only">{label}</span>
      <code className="line-clamp-3 min-w-0 flex-1 text-sm wrap-anywhere">{toPlainLine(text)}</code>
      <Copy size={14} aria-hidden className="shrink-0 text-faint group-hover/copy:text-fg" />
    </button>
  );
}
