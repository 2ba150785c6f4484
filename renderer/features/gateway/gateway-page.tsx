import type { Hub } from '../../hub/hub-context.tsx';
import { HubProvider } from '../../hub/hub-context.tsx';
import { useConnection } from '../../hub/connection.ts';
import { ConnectionGate } from '../../shell/connection-screens.tsx';
import { ConnectionWord } from '../../shell/connection-word.tsx';
import { ErrorBoundary } from '../../shell/error-boundary.tsx';
import { ThemeMenu } from '../../shell/theme-menu.tsx';
import { Toaster } from '../../ui/toast.tsx';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { GatewayOverlay } from './gateway-overlay.tsx';
import { ProjectsView } from './projects-view.tsx';

/** The whole page of a gateway, given its hub. */
export function GatewayPage({ hub }: { hub: Hub }) {
  return (
    <HubProvider hub={hub}>
      <TooltipProvider>
        <ErrorBoundary name="The gateway">
          <div className="flex h-full flex-col">
            <ConnectionGate command="musher gateway">
              <main className="flex min-h-0 flex-1 flex-col">
                <ProjectsView />
              </main>
              <Footer />
              <GatewayOverlay />
            </ConnectionGate>
          </div>
        </ErrorBoundary>
        <Toaster />
      </TooltipProvider>
    </HubProvider>
  );
}

function Footer() {
  const { version } = useConnection();
  return (
    <footer className="flex h-6 shrink-0 items-center gap-4 overflow-hidden border-t bg-raised px-3 text-xs whitespace-nowrap text-muted">
      <ConnectionWord />
      <span className="flex-1" />
      {version !== undefined && <span>Gateway {version}</span>}
      <ThemeMenu />
    </footer>
  );
}
