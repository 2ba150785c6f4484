import { Copy, Download, ExternalLink, Upload } from 'lucide-react';
import { useState } from 'react';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import { useCommand, useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';

/** The file that is changed: where it is, and what is wrong with it, each with its line. */
export function FileBar({ file }: { file: ConfigFile }) {
  const run = useCommand();
  const { result: editor } = useQuery('editor.get', {});
  const { path, state, problems, origin } = file;
  const open = (line: number) => void run('editor.open', { path, line });
  const [shown, setShown] = useState<'export' | 'import'>();
  const close = () => setShown(undefined);
  const copy = () =>
    void copyText(path, { done: 'Copied the path.', failed: `The file is ${path}.` });
  const hasEditor = editor?.command !== undefined;
  return (
    <div className="border-b px-4 py-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 font-mono text-xs text-muted select-all wrap-anywhere">
          {toPlainLine(path)}
        </span>
        <IconButton icon={Copy} label="Copy path" onClick={copy} />
        <span className="text-faint">{states[state]}</span>
        <span className="flex-1" />
        {state !== 'absent' && hasEditor && (
          <Button look="quiet" icon={ExternalLink} onClick={() => open(problems[0]?.line ?? 1)}>
            Open in editor
          </Button>
        )}
        {origin === 'user' && (
          <>
            <Button look="quiet" icon={Upload} onClick={() => setShown('export')}>
              Export…
            </Button>
            <Button look="quiet" icon={Download} onClick={() => setShown('import')}>
              Import…
            </Button>
          </>
        )}
      </div>
      {shown === 'export' && <ExportDialog onClose={close} />}
      {shown === 'import' && <ImportDialog onClose={close} />}
      {origin === 'repository' && (
        <p className="text-muted">
          A team shares it: whoever works in this repository has what is changed here.
        </p>
      )}
      {problems.length > 0 && (
        <div role="alert" className="mt-1 rounded-md bg-red-soft px-3 py-2 text-red">
          <p className="font-medium">
            It is not used as it is; what it said when it was last good still counts.
          </p>
          <ul className="mt-1 flex flex-col gap-0.5">
            {problems.map(({ line, key, message }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two problems may read the same
              <li key={at} className="wrap-anywhere">
                {line !== undefined && (
                  <button
                    type="button"
                    className="rounded-sm underline"
                    disabled={!hasEditor}
                    onClick={() => open(line)}
                  >
                    Line {line}
                  </button>
                )}{' '}
                {key && <code>{toPlainLine(key)}: </code>}
                {toPlainLine(message)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

const states = {
  absent: 'is made with the first change',
  good: 'in use',
  bad: 'has problems',
} as const;
