import { PanelLeftOpen } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { memo } from 'react';
import { classNames } from '../ui/class-names.ts';
import { focusItself } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { views } from '../views.ts';
import { Sidebar, ViewCount } from './sidebar.tsx';
import { closeOverlay, navigate, toggleOverlay, useUi } from './ui-state.ts';
import type { View } from './view.ts';

/** The sidebar in a small window: where one can go, and the whole of it above the page when it is asked for. */
export function SidebarRail() {
  return (
    <nav
      aria-label="Views"
      className="flex w-11 shrink-0 flex-col items-center gap-1 border-r bg-raised pt-1.5"
    >
      <IconButton
        icon={PanelLeftOpen}
        label="Show sidebar"
        shortcut="Mod+B"
        onClick={() => toggleOverlay('sidebar')}
      />
      {views.map((view) => (
        <RailLink key={view.id} view={view} />
      ))}
      <SidebarDrawer />
    </nav>
  );
}

const RailLink = memo(function RailLink({ view }: { view: View }) {
  const isCurrent = useUi((state) => state.place.view === view.id);
  const Icon = view.icon;
  return (
    <Tooltip label={view.title} shortcut={`g ${view.shortcut}`} side="right">
      <button
        type="button"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => navigate(view.id)}
        className={classNames(
          'relative flex size-8 items-center justify-center rounded-md',
          isCurrent ? 'bg-selected text-fg' : 'text-muted hover:bg-hover hover:text-fg',
        )}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        <span className="sr-only">{view.title} </span>
        {view.useBadge && (
          <span className="absolute -top-1.5 -right-1 flex">
            <ViewCount useBadge={view.useBadge} most={99} />
          </span>
        )}
      </button>
    </Tooltip>
  );
});

function SidebarDrawer() {
  const isOpen = useUi((state) => state.overlay === 'sidebar');
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Overlay className="appear fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]" />
        <Dialog.Content
          // Its first button would tell its name in a tooltip, which would take the first Escape.
          onOpenAutoFocus={focusItself}
          aria-describedby={undefined}
          className="appear fixed inset-y-0 left-0 z-40 flex w-60 flex-col border-r border-line-strong bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Views and agents</Dialog.Title>
          <Sidebar />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
