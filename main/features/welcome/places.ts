/** Where Musher writes, and why: what somebody wants to know before it is let at a repository. Pure. */
import type { KeptPlace } from '../../../preload/contract/welcome.ts';

export interface Around {
  readonly userFolder: string;
  /** As Node names it. */
  readonly platform: string;
}

export interface PlacesOf {
  readonly root: string;
  readonly commonDir: string;
}

/** How the repository's folder is written where none is chosen yet. */
const unknown: PlacesOf = { root: '<repository>', commonDir: '<repository>/.git' };

export function placesOf(around: Around, repository: PlacesOf = unknown): KeptPlace[] {
  const separator = around.platform === 'win32' && repository !== unknown ? '\\' : '/';
  const at = (...parts: readonly string[]) => parts.join(separator);
  const { root, commonDir } = repository;
  const data = at(commonDir, 'musher');
  return [
    {
      what: 'Log and recordings',
      path: data,
      why: 'Everything that happened here, for you alone; git neither tracks nor pushes it.',
    },
    {
      what: 'Hooks and settings of agents',
      path: at(data, 'agents'),
      why: 'A folder for each agent. Your own settings of a CLI are not touched.',
    },
    {
      what: 'Worktrees',
      path: `${root}.worktrees`,
      why: 'Beside the repository: a checkout for each agent. Your own checkout changes only when you merge.',
    },
    {
      what: 'Branches and refs',
      path: 'agent/…, refs/musher/…',
      why: 'Work of agents and snapshots of it. Nothing is pushed unless you say so.',
    },
    {
      what: 'Learnings',
      path: at(root, '.musher'),
      why: 'Only once you accept one: a file to commit with the rest. Your own config.toml for the team lies there too.',
    },
    {
      what: 'Your own data',
      path: around.userFolder,
      why: 'Of all repositories: recent folders, keys and terminals that run, for you alone.',
    },
  ];
}
