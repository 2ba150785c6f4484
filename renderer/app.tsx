import { NoticeStack, Notifications } from './features/notifications/index.ts';
import type { Hub } from './hub/hub-context.tsx';
import { HubProvider } from './hub/hub-context.tsx';
import { ConnectionGate } from './shell/connection-screens.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Shell } from './shell/shell.tsx';
import { Toaster } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

/** The whole page, given a hub. */
export function App({ hub }: { hub: Hub }) {
  return (
    <HubProvider hub={hub}>
      <TooltipProvider>
        <ErrorBoundary name="Musher">
          <div className="flex h-full flex-col">
            <ConnectionGate>
              <Shell Notices={NoticeStack} />
              <Notifications />
            </ConnectionGate>
          </div>
        </ErrorBoundary>
        <Toaster />
      </TooltipProvider>
    </HubProvider>
  );
}
