import { type ComponentType, useMemo } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { KeyScope } from '../ui/key-scope.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { isFolded, useMedia } from '../ui/use-media.ts';
import { views } from '../views.ts';
import { CommandPalette } from './palette/command-palette.tsx';
import { DecisionStrip } from './decision-strip.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { shellShortcuts } from './shell-shortcuts.ts';
import { ShortcutsOverlay } from './keys/shortcuts-overlay.tsx';
import { Sidebar } from './sidebar.tsx';
import { SidebarRail } from './sidebar-rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { useKeyConfig } from './keys/use-key-config.ts';
import { TourLayer, TourOffer } from './tour/tour-offer.tsx';
import { keepSidebar, navigate, useUi } from './ui-state.ts';
import { usePageTitle } from './use-page-title.ts';
import { useShortcuts } from './use-shortcuts.ts';

interface ShellProps {
  /** What happens elsewhere: below the sidebar, or on the status bar where there is none. */
  Notices: ComponentType<{ place: 'sidebar' | 'bar' }>;
}

/** Sidebar, the view, the status bar, and what may lie above them. */
export function Shell({ Notices }: ShellProps) {
  const bindings = useMemo(shellShortcuts, []);
  useShortcuts(bindings);
  usePageTitle();
  useKeyConfig();
  const sidebar = useUi((state) => state.sidebar);
  const isRail = useMedia(isFolded);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1">
        {isRail && <SidebarRail />}
        {sidebar.open && !isRail ? (
          <SplitPane
            id="shell"
            fixed="start"
            sizePx={sidebar.widthPx}
            minPx={180}
            maxPx={480}
            start={
              <>
                <Sidebar />
                <Notices place="sidebar" />
              </>
            }
            end={<CurrentView />}
            onResized={(widthPx) => keepSidebar({ widthPx })}
          />
        ) : (
          <>
            <CurrentView />
            <Notices place="bar" />
          </>
        )}
      </div>
      <DecisionStrip />
      <TourOffer />
      <StatusBar />
      <CommandPalette />
      <ShortcutsOverlay />
      <HelpOverlay />
      <TourLayer />
      {views.map(({ id, Overlay }) => Overlay && <Overlay key={id} />)}
    </div>
  );
}

const LazyHelp = lazyPart(async () => (await import('./help/help-dialog.tsx')).HelpDialog);

function HelpOverlay() {
  const isOpen = useUi((state) => state.overlay === 'help');
  return isOpen && <LazyHelp />;
}

function CurrentView() {
  const id = useUi((state) => state.place.view);
  const view = views.find((one) => one.id === id);
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg">
      {view ? (
        <ErrorBoundary key={view.id} name={view.title}>
          <KeyScope id={view.id}>
            <view.Component />
          </KeyScope>
        </ErrorBoundary>
      ) : (
        <EmptyState
          isPage
          title="There is no such view"
          action={<Button onClick={() => navigate('inbox')}>Open the Inbox</Button>}
        >
          The address names none of those on the left.
        </EmptyState>
      )}
    </main>
  );
}
