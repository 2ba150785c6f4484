import { X } from 'lucide-react';
import type { WireError } from '../../../preload/contract/errors.ts';
import { Button } from '../../ui/button.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { ExpiresIn } from '../../ui/expires-in.tsx';
import { type Invite, useUninvite } from './use-nodes.ts';

interface InviteListProps {
  invites: readonly Invite[] | undefined;
  error: WireError | undefined;
  reload: () => void;
}

/** Tokens that nobody used yet: for whom, until when, and the way to take one back. */
export function InviteList({ invites = [], error, reload }: InviteListProps) {
  const takeBack = useUninvite(reload);
  if (error)
    return (
      <div className="p-4">
        <FailedLine error={error} onRetry={reload} />
      </div>
    );
  if (invites.length === 0) return null;
  return (
    <section aria-labelledby="waiting-tokens" className="px-4 pt-4 pb-6">
      <h2 id="waiting-tokens" className="pb-1 font-medium">
        Join tokens that wait to be used
      </h2>
      <ul>
        {invites.map((one) => (
          <li key={one.invite} className="flex min-h-row items-center gap-3 border-t py-1">
            <code className="w-24 shrink-0 text-sm text-faint">{one.invite}</code>
            <span className="min-w-0 flex-1 truncate">
              {one.label ?? <span className="text-muted">to be named after its host</span>}
            </span>
            <ExpiresIn atMs={one.expiresMs} className="text-muted" />
            <Button look="quiet" icon={X} onClick={() => takeBack(one)}>
              Take back
              <span className="sr-only">: {one.invite}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
