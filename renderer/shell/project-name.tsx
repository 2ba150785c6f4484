import { ChevronsUpDown, FolderGit2 } from 'lucide-react';
import { showProject, useProjects } from '../hub/use-projects.ts';
import { useRepository } from '../hub/use-repository.ts';
import { Menu } from '../ui/menu.tsx';

/** The repository that is shown, and the way to the others where there are any. */
export function ProjectName() {
  const repository = useRepository();
  const { others } = useProjects();
  const name = repository?.name ?? 'Musher';
  if (others.length === 0)
    return (
      <span className="min-w-0 flex-1 truncate font-semibold" title={repository?.root}>
        {name}
      </span>
    );
  const items = others.map((project) => ({
    label: project.name,
    detail: project.root,
    icon: FolderGit2,
    onSelect: () => showProject(project),
  }));
  return (
    <div className="min-w-0 flex-1">
      <Menu align="start" groups={[items]}>
        <button
          type="button"
          aria-label={`${name}; switch repository`}
          title={repository?.root}
          className="-ml-2 flex h-7 max-w-full items-center gap-1 rounded-md px-2 font-semibold hover:bg-hover"
        >
          <span className="truncate">{name}</span>
          <ChevronsUpDown size={14} className="shrink-0 text-muted" aria-hidden />
        </button>
      </Menu>
    </div>
  );
}
