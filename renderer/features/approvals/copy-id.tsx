import { Copy } from 'lucide-react';
import { showDone } from '../../ui/toast.tsx';
import { shortId } from '../../ui/short-id.ts';

interface CopyIdProps {
  /** Full id of a commit or tree. */
  id: string;
  /** What it is, for the tooltip and readers: `commit`. */
  what: string;
  /** All of it in sight. */
  isWhole?: boolean;
}

/** An id of git: a press copies the whole of it. */
export function CopyId({ id, what, isWhole }: CopyIdProps) {
  const copy = () => {
    navigator.clipboard.writeText(id).then(
      () => showDone(`Copied the ${what} id`),
      () => undefined,
    );
  };
  return (
    <button
      type="button"
      title={`${id}\nPress to copy`}
      onClick={copy}
      className="group inline-flex min-w-0 items-center gap-1 rounded-sm px-1 font-mono text-sm text-fg hover:bg-hover"
    >
      <span className="sr-only">Copy the {what} id</span>
      <span className="truncate">{isWhole ? id : shortId(id)}</span>
      <Copy size={12} aria-hidden className="shrink-0 text-faint group-hover:text-fg" />
    </button>
  );
}
