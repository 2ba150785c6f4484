import type { FolderVerdict, KeptPlace } from '../../../preload/contract/welcome.ts';
import { FoldMark } from '../../ui/fold-mark.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shownPath } from './shown-path.ts';

interface KeptPlacesProps {
  places: readonly KeptPlace[];
  /** Of the repository that is chosen. */
  verdict: FolderVerdict | undefined;
  home: string;
}

/** All that is written, why, and how it is taken away again. */
export function KeptPlaces({ places, verdict, home }: KeptPlacesProps) {
  const root = verdict?.root ?? verdict?.path ?? '<repository>';
  return (
    <>
      <dl className="flex flex-col gap-3">
        {places.map(({ what, path, why }) => (
          <div key={what}>
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{what}</span>
              <code className="min-w-0 text-sm text-muted text-selectable wrap-anywhere">
                <bdi>{toPlainLine(shownPath(path, home))}</bdi>
              </code>
            </dt>
            <dd className="text-muted">{why}</dd>
          </div>
        ))}
      </dl>
      <details className="group">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm text-muted hover:text-fg">
          <FoldMark />
          How to remove it all
        </summary>
        <ol className="mt-2 flex list-decimal flex-col gap-1 pl-5 text-muted">
          {removalOf(root, home).map(({ say, line }) => (
            <li key={say}>
              {say}
              {line !== undefined && (
                <code className="block text-sm text-fg select-all wrap-anywhere">{line}</code>
              )}
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function removalOf(path: string, home: string): readonly { say: string; line?: string }[] {
  const [root, trees, log] = ['', '.worktrees', '/.git/musher'].map((end) =>
    forShell(path + end, home),
  );
  const refs = "git for-each-ref --format='delete %(refname)' refs/heads/agent refs/musher";
  return [
    { say: 'End Musher and its agents:', line: `musher stop --agents --repo ${root}` },
    {
      say: 'Delete the worktrees, once you have what you want of them:',
      line: `rm -r ${trees} && git -C ${root} worktree prune`,
    },
    {
      say: 'Delete branches and refs of agents, in the repository:',
      line: `${refs} | git update-ref --stdin`,
    },
    { say: 'Delete the log:', line: `rm -r ${log}` },
    { say: 'Of your own data, delete the last folder above.' },
  ];
}

/** As one word of a command line. */
function forShell(path: string, home: string): string {
  const shown = shownPath(path, home);
  return /^[\w@%+=:,./~<>-]+$/.test(shown) ? shown : `'${path.replaceAll("'", "'\\''")}'`;
}
