import { Copy, TriangleAlert } from 'lucide-react';
import { useRepository } from '../../hub/use-repository.ts';
import { useLive } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { asSentence } from '../../ui/say-error.ts';

const path = '.musher/learnings.md';

/** Where it all is written, for an editor. */
export function FilePath() {
  const root = useRepository()?.root;
  if (root === undefined) return null;
  return (
    <Button
      look="quiet"
      icon={Copy}
      title={`${root}/${path}\nPress to copy the path, for your editor`}
      onClick={() => copyText(`${root}/${path}`)}
    >
      {path}
    </Button>
  );
}

/** The file is not as it should be: why, and what to do. Nothing while it is. */
export function FileProblem() {
  const file = useLive('learningsFile', 'file');
  if (file?.state !== 'failed') return null;
  return (
    <p role="alert" className="flex items-start gap-2 border-b bg-amber-soft px-4 py-2">
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-amber" />
      <span className="text-selectable">
        {file.problem && asSentence(file.problem)} <span className="text-muted">{file.mend}</span>
      </span>
    </p>
  );
}
