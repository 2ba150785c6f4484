/** Short questions to git that many files here ask. */
import type { Git } from './run.ts';
import type { GitAsk } from './spawn-git.ts';

/** Trimmed output. */
export async function askText(git: Git, ask: GitAsk): Promise<string> {
  return (await git.run(ask)).stdout.toString('utf8').trim();
}

/** Output that git separated by NUL. File names that are not UTF-8 come with replacement characters. */
export async function askList(git: Git, ask: GitAsk): Promise<string[]> {
  return splitNul((await git.run(ask)).stdout).map((name) => name.toString('utf8'));
}

/** The exact bytes between NULs. */
export function splitNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  if (from < bytes.length) parts.push(bytes.subarray(from));
  return parts;
}

/** For questions that git answers by exit code: 0 is yes, 1 is no. */
export async function askYes(git: Git, ask: GitAsk): Promise<boolean> {
  return (await git.run({ ...ask, okCodes: [0, 1] })).exitCode === 0;
}

/** The full id of the commit that a revision names, or undefined. Ambiguous ids count as unknown. */
export async function findCommit(
  git: Git,
  cwd: string,
  revision: string,
): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const answer = await git.run({ cwd, args, okCodes: [0, 1, 128] });
  const found = answer.stdout.toString('utf8').trim();
  return answer.exitCode === 0 && found !== '' ? found : undefined;
}

export interface CommitFacts {
  readonly commit: string;
  readonly tree: string;
  /** When it was committed, in git's raw form and in UTC. */
  readonly date: string;
}

/** The same with what a snapshot needs to know of it. */
export async function readCommit(
  git: Git,
  cwd: string,
  revision: string,
): Promise<CommitFacts | undefined> {
  const flags = ['--max-count=1', '--no-show-signature', '--no-color', '--format=%H%n%T%n%ct'];
  const args = ['log', ...flags, '--end-of-options', revision, '--'];
  const answer = await git.run({ cwd, args, okCodes: [0, 128] });
  const [commit = '', tree = '', seconds] = answer.stdout.toString('utf8').split('\n');
  if (answer.exitCode !== 0 || tree === '') return undefined;
  return { commit, tree, date: `@${seconds} +0000` };
}

/** Root of the file tree of a commit. */
export function treeOf(git: Git, cwd: string, commit: string): Promise<string> {
  const args = ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`];
  return askText(git, { cwd, args });
}

/** The form in which git takes names from stdin with `-z`. */
export function joinNul(names: readonly Buffer[]): Buffer {
  return Buffer.concat(names.flatMap((name) => [name, Buffer.from([0])]));
}
