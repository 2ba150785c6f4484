import { PanelLeftOpen } from 'lucide-react';
import { useHeadSeq } from '../hub/use-records.ts';
import { useRepository } from '../hub/use-repository.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { isFolded, useMedia } from '../ui/use-media.ts';
import { views } from '../views.ts';
import { ConnectionWord } from './connection-word.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { toggleOverlay, toggleSidebar, useUi } from './ui-state.ts';
import type { View } from './view.ts';

/** The quiet line at the bottom: how things stand, in words. */
export function StatusBar() {
  const isSidebarOpen = useUi((state) => state.sidebar.open);
  const isRail = useMedia(isFolded);
  return (
    <footer className="flex h-6 shrink-0 items-center gap-4 overflow-hidden border-t bg-raised px-3 text-xs whitespace-nowrap text-muted">
      {!isSidebarOpen && !isRail && (
        <Tooltip label="Show sidebar" shortcut="Mod+B" side="top">
          <button type="button" aria-label="Show sidebar" onClick={toggleSidebar}>
            <PanelLeftOpen size={14} aria-hidden />
          </button>
        </Tooltip>
      )}
      {/* What is done here stays in sight. What is said is whole or away: where it has no room it is on a line below, out of sight. */}
      <div className="flex h-6 min-w-0 flex-1 flex-wrap gap-x-4 overflow-hidden leading-6">
        <ConnectionWord />
        <RepositoryWord />
        {views.map(
          ({ id, useStatus }) => useStatus && <ViewStatus key={id} useStatus={useStatus} />,
        )}
        <span className="flex-1" />
        <HeadWord />
      </div>
      <button type="button" className="hover:text-fg" onClick={() => toggleOverlay('shortcuts')}>
        Shortcuts
      </button>
      <button type="button" className="hover:text-fg" onClick={() => toggleOverlay('help')}>
        Help
      </button>
      <ThemeMenu />
    </footer>
  );
}

function RepositoryWord() {
  const repository = useRepository();
  if (!repository) return null;
  return (
    <span
      className="max-w-[30vw] truncate"
      title={`${repository.root}\nNew agents start from ${repository.defaultBase}`}
    >
      {repository.name} <span className="text-faint">on</span> {repository.defaultBase}
    </span>
  );
}

function ViewStatus({ useStatus }: { useStatus: NonNullable<View['useStatus']> }) {
  const words = useStatus();
  return words === '' ? null : <span className="whitespace-nowrap">{words}</span>;
}

const numbers = new Intl.NumberFormat();

function HeadWord() {
  const seq = useHeadSeq();
  return (
    <span
      title="Number of the newest event in the log that this page has seen"
      className="whitespace-nowrap"
    >
      Event {numbers.format(seq)}
    </span>
  );
}
