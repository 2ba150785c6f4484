import { RefreshCw } from 'lucide-react';
import { redacted } from '../../../preload/contract/say-doctor.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { CheckRow } from '../doctor/index.ts';

const all = {};

/** What agents can be started with: each CLI asked for its version, and how those are had that are not here. */
export function Programs({ home }: { home: string }) {
  const isLive = useConnection().state === 'live';
  const { result, error, reload } = useQuery('welcome.programs', isLive ? all : undefined);
  if (error && result === undefined) return <FailedLine error={error} onRetry={reload} />;
  if (result === undefined)
    return (
      <p role="status" className="rounded-md border px-3 py-2 text-muted">
        Asking each for its version…
      </p>
    );
  return (
    <>
      <ul className="flex flex-col overflow-hidden rounded-md border">
        {result.checks.map((check) => (
          <CheckRow key={check.id} isNarrow check={check} shown={(text) => redacted(text, home)} />
        ))}
      </ul>
      <div>
        <Button look="quiet" icon={RefreshCw} onClick={reload}>
          Look again
        </Button>
      </div>
    </>
  );
}
