import { X } from 'lucide-react';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useSend } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ExpiresIn } from '../../ui/expires-in.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import type { Token } from './use-projects.ts';

interface TokenListProps {
  tokens: readonly Token[] | undefined;
  error: WireError | undefined;
  reload: () => void;
}

/** Tokens that nobody used yet: for whom, until when, and the way to take one back. */
export function TokenList({ tokens = [], error, reload }: TokenListProps) {
  const send = useSend();
  if (error)
    return (
      <div className="p-4">
        <FailedLine error={error} onRetry={reload} />
      </div>
    );
  if (tokens.length === 0) return null;
  return (
    <section aria-labelledby="waiting-tokens" className="px-4 pt-4 pb-6">
      <h2 id="waiting-tokens" className="pb-1 font-medium">
        Registration tokens that wait to be used
      </h2>
      <ul>
        {tokens.map(({ invite, name, expiresMs }) => (
          <li key={invite} className="flex min-h-row flex-wrap items-center gap-x-3 border-t py-1">
            <code className="w-24 shrink-0 text-sm text-faint">{invite}</code>
            <span className="min-w-24 flex-1 truncate">
              {name ?? <span className="text-muted">to be named after its folder</span>}
            </span>
            <ExpiresIn atMs={expiresMs} className="text-muted" />
            <Button
              look="quiet"
              icon={X}
              onClick={() => void send('project.uninvite', { invite }).then(reload)}
            >
              Take back
              <span className="sr-only">: {invite}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
