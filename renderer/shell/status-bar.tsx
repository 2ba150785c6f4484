import { Monitor, Moon, PanelLeftOpen, Sun } from 'lucide-react';
import type { ConnectionStatus } from '../hub/bridge.ts';
import { useConnection } from '../hub/connection.ts';
import { useHeadSeq } from '../hub/use-records.ts';
import { useRepository } from '../hub/use-repository.ts';
import { Menu } from '../ui/menu.tsx';
import { type DotShape, type DotTone, StatusDot } from '../ui/status-dot.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { isFolded, useMedia } from '../ui/use-media.ts';
import { views } from '../views.ts';
import { chooseTheme, type ThemeChoice, useTheme } from './theme.ts';
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
      <ConnectionWord />
      <RepositoryWord />
      {views.map(({ id, useStatus }) => useStatus && <ViewStatus key={id} useStatus={useStatus} />)}
      <span className="flex-1" />
      <HeadWord />
      <button type="button" className="hover:text-fg" onClick={() => toggleOverlay('shortcuts')}>
        Shortcuts
      </button>
      <ThemeMenu />
    </footer>
  );
}

const connectionLooks: Readonly<
  Record<ConnectionStatus['state'], { shape: DotShape; tone: DotTone; word: string }>
> = {
  connecting: { shape: 'half', tone: 'muted', word: 'Connecting' },
  live: { shape: 'disc', tone: 'green', word: 'Connected' },
  reconnecting: { shape: 'half', tone: 'amber', word: 'Reconnecting' },
  signedOut: { shape: 'cross', tone: 'red', word: 'Signed out' },
  ended: { shape: 'cross', tone: 'red', word: 'Disconnected' },
};

function ConnectionWord() {
  const { state } = useConnection();
  const { shape, tone, word } = connectionLooks[state];
  return (
    <span role="status" className="flex items-center gap-1.5">
      <StatusDot shape={shape} tone={tone} word="" />
      {location.port ? `${word} to port ${location.port}` : word}
    </span>
  );
}

function RepositoryWord() {
  const repository = useRepository();
  if (!repository) return null;
  return (
    <span
      className="min-w-0 truncate"
      title={`${repository.root}\nNew agents start from ${repository.defaultBase}`}
    >
      {repository.name} <span className="text-faint">on</span> {repository.defaultBase}
    </span>
  );
}

function ViewStatus({ useStatus }: { useStatus: NonNullable<View['useStatus']> }) {
  return <span className="whitespace-nowrap">{useStatus()}</span>;
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

const themes: Readonly<Record<ThemeChoice, { label: string; icon: typeof Sun }>> = {
  system: { label: 'As the system', icon: Monitor },
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
};

function ThemeMenu() {
  const choice = useTheme((state) => state.choice);
  const Icon = themes[choice].icon;
  const items = (['system', 'light', 'dark'] as const).map((value) => ({
    ...themes[value],
    onSelect: () => chooseTheme(value),
  }));
  return (
    <Menu groups={[items]}>
      <button
        type="button"
        aria-label={`Theme: ${themes[choice].label}`}
        className="flex hover:text-fg"
      >
        <Icon size={14} aria-hidden />
      </button>
    </Menu>
  );
}
