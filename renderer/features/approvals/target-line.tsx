import { GitMerge } from 'lucide-react';
import type { Preview } from '../../../preload/contract/approval-lifecycle.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import { isBlocked, sayPreview } from '../../../preload/contract/say-lifecycle.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { Popover } from '../../ui/popover.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import type { PreviewState } from './use-preview.ts';

interface TargetLineProps extends PreviewState {
  target: string;
  strategy: MergeStrategy;
  onOpenFile: (path: string) => void;
  /** Opens a denial that says what to do; undefined where that is offered beside it. */
  onSendBack: ((preview: Preview) => void) | undefined;
}

const tones = { muted: 'text-muted', amber: 'text-amber', red: 'text-red' } as const;

/** How the target stands and what a merge would come to, in one quiet line, or as many as a small window takes; its files on demand. */
export function TargetLine(props: TargetLineProps) {
  const { target, preview, error, strategy, onOpenFile, onSendBack } = props;
  const { tone, text } = preview
    ? sayPreview(preview, strategy)
    : sayMissing(target, error?.message);
  const { files = [], fileCount = 0 } = preview ?? {};
  return (
    <section
      aria-label="Merge as of now"
      className="-mb-1 flex min-h-8 min-w-0 items-center gap-2 px-4 pt-1 text-sm"
    >
      <GitMerge size={14} aria-hidden className={classNames('shrink-0', tones[tone])} />
      <span
        title={toPlainLine(text)}
        className={classNames('line-clamp-3 min-w-0', tones[tone], tone === 'red' && 'font-medium')}
      >
        {toPlainLine(text)}
      </span>
      {fileCount > 0 && <Files {...{ files, fileCount, onOpenFile }} />}
      <span className="flex-1" />
      {preview && onSendBack && isBlocked(preview) && (
        <Button className="h-6" onClick={() => onSendBack(preview)}>
          Ask for a rebase
        </Button>
      )}
    </section>
  );
}

function sayMissing(target: string, why: string | undefined) {
  return why === undefined
    ? { tone: 'muted' as const, text: `Looking at ${target}…` }
    : { tone: 'amber' as const, text: why };
}

interface FilesProps {
  files: readonly string[];
  fileCount: number;
  onOpenFile: (path: string) => void;
}

function Files({ files, fileCount, onOpenFile }: FilesProps) {
  return (
    <Popover
      label="Files of the merge"
      className="w-100 p-1"
      trigger={
        <button
          type="button"
          className="shrink-0 rounded-sm px-1.5 text-blue underline-offset-2 hover:underline"
        >
          Show {fileCount === 1 ? 'it' : 'them'}
        </button>
      }
    >
      <ScrollArea role="group" aria-label="Files" className="max-h-64">
        <ul className="font-mono text-sm">
          {files.map((path) => (
            <li key={path}>
              <button
                type="button"
                title={toPlainLine(path)}
                onClick={() => onOpenFile(path)}
                className="block w-full truncate rounded-sm px-2 py-1 text-left hover:bg-hover"
              >
                {toPlainLine(path)}
              </button>
            </li>
          ))}
        </ul>
        {fileCount > files.length && (
          <p className="px-2 py-1 text-sm text-faint">and {fileCount - files.length} more</p>
        )}
      </ScrollArea>
    </Popover>
  );
}
