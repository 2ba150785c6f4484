/** Programs that Musher needs, and whether it sees those that the operator has. Pure. */
import type { CliFacts, GitFacts, Known, RuntimeFacts, Said, ShellFacts } from './ports.ts';
import { ok, problem, unknown, type Verdict, warning } from './verdict.ts';

export function judgeRuntime({ node, oldest, program }: RuntimeFacts): Verdict {
  const found = `Node ${node}, at ${program}`;
  return Number(node.split('.')[0]) < oldest
    ? problem(found, `Install Node ${oldest} or newer, or start Musher by \`npm start\`.`)
    : ok(found);
}

const gitHow: Readonly<Record<string, string>> = {
  darwin: '`brew install git`, or the command line tools by `xcode-select --install`',
  win32: '`winget install Git.Git`, then sign out and in again',
};

export function judgeGit({ path, said, isNewEnough, oldest, platform }: GitFacts): Verdict {
  const how = gitHow[platform] ?? 'your package manager, for example `sudo apt install git`';
  const install = `Install git ${oldest} or newer: ${how}.`;
  if (path === undefined) return problem('git is nowhere on the PATH', install);
  if (said === undefined || said.kind === 'silent')
    return problem(
      `${path} did not say its version within ${said?.seconds ?? 0} s`,
      `Run \`git --version\` by hand to see what it waits for; something in its place may be no git.`,
    );
  if (said.kind === 'failed') return problem(`${path} cannot be run: ${said.reason}`, install);
  if (!isNewEnough)
    return problem(
      `${said.text}, at ${path}; Musher needs ${oldest} or newer, which merges without a worktree`,
      install,
    );
  return ok(`${said.text}, at ${path}`);
}

export interface CliRow extends Verdict {
  readonly id: string;
  readonly title: string;
}

/** A row for each CLI that is here or that somebody counts on, and one that says what else there could be. */
export function judgeClis(clis: readonly CliFacts[], known: Known | undefined): CliRow[] {
  const agentsOf = (name: string) =>
    (known?.agents ?? [])
      .filter(({ profile, isDestroyed }) => profile === name && !isDestroyed)
      .map(({ id }) => id);
  const isCounted = ({ name, origin }: CliFacts) =>
    origin !== 'built-in' || agentsOf(name).length > 0;
  const isHere = ({ path }: CliFacts) => path !== undefined;
  const rows = clis
    .filter((cli) => isHere(cli) || isCounted(cli))
    .map((cli) => ({
      id: `cli.${cli.name}`,
      title: cli.title,
      ...judgeCli(cli, agentsOf(cli.name)),
    }));
  const builtIn = clis.filter(({ origin }) => origin === 'built-in');
  return [{ id: 'cli', title: 'Coding CLIs', ...judgeAll(builtIn) }, ...rows];
}

function judgeAll(builtIn: readonly CliFacts[]): Verdict {
  const here = builtIn.filter(({ path }) => path !== undefined);
  const absent = builtIn.filter(({ path }) => path === undefined);
  const hints = absent.map(({ title, program, hint }) =>
    hint === undefined ? `${title} (${program}) is not installed` : `${title}: ${hint}`,
  );
  if (here.length === 0)
    return warning(
      'none of those that Musher knows is on the PATH',
      'Install one of these, or start any program as an agent by the profile `script`.',
      hints,
    );
  const others = absent.length === 0 ? '' : `; ${absent.length} that it knows are not`;
  return ok(`${here.map(({ title }) => title).join(', ')} can be started${others}`, hints);
}

function judgeCli(cli: CliFacts, agents: readonly string[]): Verdict {
  const { program, path, said, fault, hint, isUnconfirmed, origin } = cli;
  if (isUnconfirmed)
    return unknown(
      `${program}: the repository names it, and you have not confirmed it on this machine`,
      'Look at it and confirm it where you start the agent; nothing of it is run before.',
    );
  const who = agents.length === 0 ? '' : `, which ${list(agents)} would run`;
  const mend =
    hint ?? (origin === 'built-in' ? `Install ${program}.` : `Install it, or mend \`program\`.`);
  if (path === undefined)
    return problem(`${program}${who} is ${fault ?? 'nowhere on the PATH'}`, mend);
  if (said?.kind === 'silent')
    return warning(
      `${path} did not say its version within ${said.seconds} s`,
      `Run \`${program} --version\` by hand to see what it waits for.`,
    );
  if (said?.kind === 'failed') return problem(`${path} does not run: ${said.reason}`, mend);
  return ok(`${path}${versionOf(said)}`);
}

function versionOf(said: Said | undefined): string {
  return said?.kind === 'said' && said.text !== '' ? `, ${said.text}` : '';
}

function list(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${first} and ${names.length - 3} more` : first;
}

/** A desktop app that is started from a menu has not read the files that a shell reads. */
export function judgeShell({ shell, state, ...facts }: ShellFacts): Verdict {
  const { missingFolders, onlyThere, reason, seconds } = facts;
  if (state === 'none') return ok(shell);
  if (state === 'missing')
    return problem(
      `the login shell ${shell} cannot be started: ${reason ?? 'it is not there'}`,
      'Set another one by `chsh`, or SHELL to one that is installed: agents of the profile `shell` start it.',
    );
  if (state === 'silent')
    return warning(
      `${shell} was not ready within ${seconds ?? 0} s`,
      'Look for what its startup files wait for; until then programs that they add to the PATH may not be found.',
    );
  if (state === 'failed')
    return warning(
      `${shell} failed while it read its startup files: ${reason ?? 'it did not say why'}`,
      'Start it by hand as a login shell and mend what it says.',
    );
  const folders = missingFolders.map((folder) => `only in the login shell’s PATH: ${folder}`);
  if (onlyThere.length > 0)
    return warning(
      `${list(onlyThere.map(({ program }) => program))}: your login shell finds it, and Musher does not`,
      'Start Musher from a terminal, or set the PATH where the desktop reads it (~/.profile; macOS: `launchctl setenv PATH`).',
      [...onlyThere.map(({ program, path }) => `${program} is at ${path}`), ...folders],
    );
  return ok(
    missingFolders.length === 0
      ? `${shell}; its PATH is Musher’s too`
      : `${shell}; its PATH has ${missingFolders.length} more, none with a program that Musher needs`,
    folders,
  );
}
