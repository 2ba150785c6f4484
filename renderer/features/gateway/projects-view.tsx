import { LayoutGrid, Plus } from 'lucide-react';
import { useIsLoaded } from '../../hub/use-records.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { choose, openDialog, useGatewayUi } from './gateway-ui.ts';
import { ProjectSummary } from './project-summary.tsx';
import { ProjectTable } from './project-table.tsx';
import { useGatewayTitle } from './use-gateway-title.ts';
import { TokenList } from './token-list.tsx';
import { type ShownProject, useProjects, useTokens } from './use-projects.ts';

const register = () => openDialog({ kind: 'register' });

/** Several projects behind one entry: how each stands, and what waits for the operator there. */
export function ProjectsView() {
  const shown = useProjects();
  const { tokens, error, reload } = useTokens();
  const isLoaded = useIsLoaded();
  const active = useProjectKeys(shown);
  useGatewayTitle(shown);
  const isAsking = tokens === undefined && error === undefined;
  useShortcuts([{ keys: 'n', run: register }]);
  return (
    <>
      <ViewHeader
        title="Projects"
        actions={
          <Button icon={Plus} shortcut="n" onClick={register}>
            Register a project
          </Button>
        }
      >
        <ProjectSummary shown={shown} />
      </ViewHeader>
      <div aria-busy={!isLoaded || isAsking} className="min-h-0 flex-1 overflow-y-auto">
        {isLoaded && shown.length === 0 && tokens?.length === 0 && <NoProjects />}
        {shown.length > 0 && <ProjectTable shown={shown} activeId={active?.project.id} />}
        <TokenList {...{ tokens, error, reload }} />
      </div>
    </>
  );
}

function NoProjects() {
  return (
    <EmptyState
      icon={LayoutGrid}
      title="No project is registered yet"
      action={
        <Button look="primary" icon={Plus} shortcut="n" onClick={register}>
          Register a project
        </Button>
      }
    >
      A project is a repository with a Musher of its own, here or on another machine. It registers
      with a token that works once, and tells this gateway how it stands, in numbers. Its agents and
      its log stay where they are.
    </EmptyState>
  );
}

/** The keys move the chosen one and act on it. */
function useProjectKeys(shown: readonly ShownProject[]): ShownProject | undefined {
  const chosen = useGatewayUi((state) => state.chosen);
  const at = shown.findIndex(({ project }) => project.id === chosen);
  const active = shown[at];
  const move = (by: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, at === -1 ? 0 : at + by))];
    if (next) choose(next.project.id);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'ArrowUp', run: () => move(-1) },
  ]);
  const ask = (kind: 'rename' | 'remove') => () =>
    active && openDialog({ kind, id: active.project.id });
  useShortcuts(
    [
      { keys: 'Enter', run: () => active?.link?.page && location.assign(active.link.page) },
      { keys: 'e', run: ask('rename') },
      { keys: 'x', run: ask('remove') },
    ],
    active !== undefined,
  );
  return active;
}
