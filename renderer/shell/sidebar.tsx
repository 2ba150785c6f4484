import { PanelLeftClose } from 'lucide-react';
import { memo } from 'react';
import { Count } from '../ui/badge.tsx';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { views } from '../views.ts';
import { ProjectName } from './project-name.tsx';
import { navigate, toggleSidebar, useUi } from './ui-state.ts';
import { actionsOf, type View } from './view.ts';

/** Where one is and can go, and how every agent is. */
export function Sidebar() {
  return (
    <nav aria-label="Views and agents" className="flex min-h-0 flex-1 flex-col bg-raised">
      <header className="flex h-bar shrink-0 items-center gap-1 pr-1.5 pl-4">
        <ProjectName />
        {actionsOf(views).map(({ keys, icon, label, run }) => (
          <IconButton key={keys} icon={icon} label={label} shortcut={keys} onClick={run} />
        ))}
        <IconButton
          icon={PanelLeftClose}
          label="Hide sidebar"
          shortcut="Mod+B"
          onClick={toggleSidebar}
        />
      </header>
      <ul className="shrink-0 px-2 pb-2">
        {views.map((view) => (
          <ViewLink key={view.id} view={view} />
        ))}
      </ul>
      {views.map(({ id, Sidebar: Part }) => Part && <Part key={id} />)}
    </nav>
  );
}

const ViewLink = memo(function ViewLink({ view }: { view: View }) {
  const isCurrent = useUi((state) => state.place.view === view.id);
  const Icon = view.icon;
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => navigate(view.id)}
        className={classNames(
          'group flex h-7 w-full items-center gap-2 rounded-md px-2 text-left',
          isCurrent ? 'bg-selected text-fg' : 'text-muted hover:bg-hover hover:text-fg',
        )}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        <span className="min-w-0 flex-1 truncate">{view.title}</span>
        <span className="hidden group-hover:inline-flex group-focus-visible:inline-flex">
          <Kbd keys={`g ${view.shortcut}`} decorative />
        </span>
        {view.useBadge && <ViewCount useBadge={view.useBadge} />}
      </button>
    </li>
  );
});

interface ViewCountProps {
  useBadge: NonNullable<View['useBadge']>;
  most?: number;
}

/** How much waits there. */
export function ViewCount({ useBadge, most }: ViewCountProps) {
  const badge = useBadge();
  return badge ? <Count {...badge} most={most} /> : null;
}
