import type { ReactNode } from 'react';
import { useQuery } from '../../hub/use-command.ts';
import { useRepository } from '../../hub/use-repository.ts';
import { FailedLine } from '../../ui/failed-line.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';

const all = {};
const states = { absent: 'not there yet', good: 'in use', bad: 'has faults and is not used' };

/** Settings, worktrees, and what is kept: by their folders. */
export function WhereThingsAre() {
  const repository = useRepository();
  const { result, error, reload } = useQuery('settings.get', all);
  return (
    <section aria-labelledby="where-things-are" className="flex flex-col gap-2">
      <h3 id="where-things-are" className="font-semibold">
        Where things are
      </h3>
      {error && <FailedLine error={error} onRetry={reload} />}
      <dl className="flex flex-col gap-1.5">
        {result?.files.map(({ path, origin, state }) => (
          <Thing key={path} what={origin === 'user' ? 'Your settings' : 'Settings of the team'}>
            <Path>{path}</Path> <span className="text-muted">{states[state]}</span>
          </Thing>
        ))}
        {repository && (
          <>
            <Thing what="Repository">
              <Path>{repository.root}</Path>
            </Thing>
            <Thing what="Worktrees">
              <Path>{repository.worktreesFolder}</Path>
            </Thing>
          </>
        )}
        <Thing what="Log and recordings">
          <span className="text-muted">
            the folder <code className="text-sm">musher</code> of the repository’s git folder;{' '}
            <Path>musher verify</Path> proves that the log is whole
          </span>
        </Thing>
        <Thing what="What went wrong">
          <span className="text-muted">
            on the terminal that Musher was started in; with{' '}
            <Path>MUSHER_LOG=debug musher serve</Path> it says more
          </span>
        </Thing>
      </dl>
    </section>
  );
}

function Thing({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-1">
      <dt>{what}</dt>
      <dd className="min-w-0 text-selectable wrap-anywhere">{children}</dd>
    </div>
  );
}

function Path({ children }: { children: string }) {
  return (
    <code className="text-sm text-fg select-all">
      <bdi>{toPlainLine(children)}</bdi>
    </code>
  );
}
