import { useQuery } from '../../hub/use-command.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { LazyDiff } from '../approvals/index.ts';
import { toPatch } from './to-patch.ts';

interface AttachmentDialogProps {
  question: string;
  path: string;
  onClose: () => void;
}

/** A file that is shown with a question, in the viewer of the review: it makes anything harmless. */
export function AttachmentDialog({ question, path, onClose }: AttachmentDialogProps) {
  const { result, error, reload } = useQuery('question.attachment', { question, path });
  return (
    <Dialog
      open
      width="full"
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={toPlainLine(path)}
      description={result && describe(result)}
    >
      {error && !result ? (
        <EmptyState
          title={toPlainLine(error.message)}
          action={<Button onClick={reload}>Try again</Button>}
        >
          {toPlainLine(error.mend)}
        </EmptyState>
      ) : (
        <Shown question={question} file={result} />
      )}
    </Dialog>
  );
}

type File = QueryOutput<'question.attachment'>;

function describe({ sizeBytes, hasChanged }: File): string {
  const changed = hasChanged ? ' It was another when the question was asked.' : '';
  return `${formatBytes(sizeBytes)}, as it is in the worktree now.${changed}`;
}

function Shown({ question, file }: { question: string; file: File | undefined }) {
  if (file === undefined)
    return (
      <p role="status" className="border-t px-4 py-3 text-muted">
        Looking at the file…
      </p>
    );
  const { path, text, sizeBytes } = file;
  if (text === undefined)
    return (
      <EmptyState title="It is no text">
        {formatBytes(sizeBytes)} that only its program can show. It is in the agent’s worktree.
      </EmptyState>
    );
  if (text === '') return <EmptyState title="It is empty" />;
  const { patch, additions } = toPatch(path, text);
  return (
    <div className="flex min-h-0 flex-1 border-t">
      <LazyDiff
        files={[{ path, status: 'added', additions, deletions: 0 }]}
        patch={patch}
        additions={additions}
        deletions={0}
        subject={`${question} ${path} ${sizeBytes}`}
      />
    </div>
  );
}
