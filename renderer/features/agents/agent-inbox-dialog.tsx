import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { closeAgentsDialog } from './agents-ui.ts';
import { sayError } from '../../ui/say-error.ts';

/** What lies in an agent's inbox that it has not acknowledged. Looking at it changes nothing. */
export function AgentInboxDialog({ agent }: { agent: string }) {
  const isLive = useConnection().state === 'live';
  const { result, error } = useQuery('inbox.read', isLive ? { agent } : undefined);
  return (
    <Dialog
      open
      onOpenChange={closeAgentsDialog}
      title={`Inbox of ${agent}`}
      description="What it was sent and has not acknowledged yet. Looking at it changes nothing."
      width="wide"
    >
      {error && (
        <p role="alert" className="text-red">
          {sayError(error)}
        </p>
      )}
      {result?.items.length === 0 && (
        <p className="py-6 text-center text-muted">It has acknowledged everything.</p>
      )}
      <ol>
        {result?.items.map((item) => (
          <li key={item.seq} className="flex gap-3 border-t py-2 first:border-t-0">
            <span className="w-12 shrink-0 text-right text-faint">{item.seq}</span>
            <UntrustedText text={item.text} className="min-w-0 flex-1" />
            {item.redelivered && <span className="text-sm text-amber">redelivered</span>}
            <RelativeTime atMs={item.atMs} className="text-sm text-faint" />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
