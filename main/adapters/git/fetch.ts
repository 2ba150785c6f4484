/** The newest commit that a remote has of a branch. Nothing of the repository but its memory of that remote moves. */
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import { askText } from './ask.ts';
import { readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';

interface Source {
  readonly remote: string;
  /** Its name there. */
  readonly branch: string;
  /** Where git remembers it. */
  readonly tracking: string;
}

/** A command is answered within a minute; what is not fetched by then is told. */
const fetchMs = 45_000;

/** Nobody is there who could be asked for a password, and a helper that the repository names is not run. */
const quietly = {
  GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
};

/** See `Worktrees.fetch`. */
export async function fetchBase(context: RepositoryContext, base: string): Promise<string> {
  const { git, repository } = context;
  const cwd = repository.root;
  const source = await findSource(context, base);
  if (source === undefined) throw musherError('REMOTE_MISSING', { base });
  const { remote, branch, tracking } = source;
  const flags = ['--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--quiet'];
  const refspec = `+refs/heads/${branch}:${tracking}`;
  const args = ['fetch', ...flags, '--upload-pack=git-upload-pack', '--', remote, refspec];
  try {
    await git.run({ cwd, args, env: await quietSsh(context), timeoutMs: fetchMs });
  } catch (error) {
    if (!(error instanceof MusherError)) throw error;
    const reason = whyNot(error);
    throw musherError('FETCH_FAILED', { branch, remote, reason, base }, error);
  }
  const commit = await readRef(git, cwd, tracking);
  if (commit === undefined) throw musherError('REMOTE_MISSING', { base });
  return commit;
}

/** The user's own ssh stays; one that the repository names does not count. */
export async function quietSsh({
  git,
  repository,
}: RepositoryContext): Promise<Record<string, string>> {
  const args = ['config', '--global', '--get', 'core.sshCommand'];
  const found = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  const own = found.stdout.toString('utf8').trim();
  return own === '' ? quietly : { ...quietly, GIT_SSH_COMMAND: own };
}

function whyNot(error: MusherError): string {
  const { details = {}, code } = error.wire;
  if (code === 'GIT_TIMEOUT') return `no answer within ${fetchMs / 1_000} s`;
  const reason = typeof details.reason === 'string' ? details.reason : reasonOf(error);
  return reason.trim().replace(/\.$/, '');
}

async function findSource(context: RepositoryContext, base: string): Promise<Source | undefined> {
  const { git, repository } = context;
  const cwd = repository.root;
  const remotes = (await askText(git, { cwd, args: ['remote'] })).split('\n').filter(Boolean);
  const format = '--format=%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)';
  const local = (await readRef(git, cwd, `refs/heads/${base}`)) !== undefined;
  if (local) {
    const args = ['for-each-ref', format, `refs/heads/${base}`];
    const [remote = '', ref = '', tracking = ''] = (await askText(git, { cwd, args })).split('\0');
    const isTracked = remotes.includes(remote) && tracking.startsWith('refs/remotes/');
    if (isTracked) return { remote, branch: ref.replace(/^refs\/heads\//, ''), tracking };
  }
  const named = remotes.find((remote) => base.startsWith(`${remote}/`));
  if (named !== undefined && !local)
    return {
      remote: named,
      branch: base.slice(named.length + 1),
      tracking: `refs/remotes/${base}`,
    };
  const usual = remotes.includes('origin')
    ? 'origin'
    : remotes.length === 1
      ? remotes[0]
      : undefined;
  if (usual === undefined || !local) return undefined;
  return { remote: usual, branch: base, tracking: `refs/remotes/${usual}/${base}` };
}
