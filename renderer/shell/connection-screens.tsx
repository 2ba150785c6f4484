import { KeyRound, LoaderCircle, PlugZap, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConnectionStatus } from '../hub/bridge.ts';
import { useConnection } from '../hub/connection.ts';
import { useIsLoaded } from '../hub/use-records.ts';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/clock.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatTimeOfDay } from '../ui/format-time.ts';
import { RelativeTime } from '../ui/relative-time.tsx';

interface GateProps {
  children: ReactNode;
  /** What prints login links where this page comes from. */
  command?: string;
}

/** Shows the app once there is something to show, and before and after that why there is not. */
export function ConnectionGate({ children, command = 'musher serve' }: GateProps) {
  const connection = useConnection();
  const isLoaded = useIsLoaded();
  if (connection.state === 'signedOut') return <SignedOut command={command} />;
  if (connection.state === 'ended') return <Ended error={connection.error} />;
  if (!isLoaded) return <Connecting sinceMs={connection.sinceMs} />;
  return (
    <>
      {connection.state === 'reconnecting' && <ReconnectingBanner sinceMs={connection.sinceMs} />}
      {children}
    </>
  );
}

/** Silent for the first half second, which is all it takes as a rule. */
function Connecting({ sinceMs }: { sinceMs: number }) {
  const waitedMs = useNow() - sinceMs;
  if (waitedMs < 500) return <main aria-label="Connecting" aria-busy className="h-full" />;
  return (
    <main className="h-full">
      <EmptyState isPage icon={LoaderCircle} title="Connecting to Musher">
        {waitedMs > 5000 && (
          <>
            It takes longer than usual. Is Musher still running where this page came from?{' '}
            <code>musher doctor</code> there says what is wrong.
          </>
        )}
      </EmptyState>
    </main>
  );
}

function SignedOut({ command }: Required<Pick<GateProps, 'command'>>) {
  return (
    <main className="h-full">
      <EmptyState isPage icon={KeyRound} title="This page is signed out">
        <p>
          A login link works once and for one browser. Open the newest link from the terminal where{' '}
          <code>{command}</code> runs; it prints a fresh one after each use.
        </p>
        <p className="mt-2">Your agents go on working meanwhile.</p>
      </EmptyState>
    </main>
  );
}

function Ended({ error }: Pick<ConnectionStatus, 'error'>) {
  const reload = (
    <Button look="primary" onClick={() => location.reload()}>
      Reload the page
    </Button>
  );
  return (
    <main className="h-full">
      <EmptyState
        isPage
        icon={PlugZap}
        title={error?.message ?? 'Musher ended this connection'}
        action={reload}
      >
        {error?.mend}
      </EmptyState>
    </main>
  );
}

function ReconnectingBanner({ sinceMs }: { sinceMs: number }) {
  return (
    <div
      role="status"
      className="flex h-8 shrink-0 items-center gap-2 bg-amber-soft px-4 text-amber"
    >
      <WifiOff size={16} strokeWidth={1.75} aria-hidden />
      <span className="truncate">
        No connection to Musher since {formatTimeOfDay(sinceMs)} (
        <RelativeTime atMs={sinceMs} />
        ). What you see is as it was then; trying again by itself.
      </span>
    </div>
  );
}
