/**
 * How a node's commits come to its rendezvous: as branches of their own on the git remote that both reach. The name says whose it is, so that no two
 * machines ever write the same one, and what was brought before is never written over.
 */
import type { CarriedCommit, ClaimCarrier } from '../../features/cluster/ports.ts';
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import { askText, findCommit } from './ask.ts';
import { quietSsh } from './fetch.ts';
import { moveRef, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff, type Git } from './run.ts';
import { ownHelpers } from './push.ts';

/** Objects of much work over a slow line; what is not there by then is tried again. */
const carryMs = 120_000;
const fetchFlags = ['--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--quiet'];
const pushFlags = ['--no-verify', '--no-signed', '--no-follow-tags', '--quiet'];

export function createCarrier(context: RepositoryContext): ClaimCarrier {
  const { repository } = context;
  const cwd = repository.root;
  const under = (signal: AbortSignal) => ({ ...context, git: callableOff(context.git, signal) });
  return {
    publish: (one) => publish(under(one.signal), one),
    fetch: (one) => fetch(under(one.signal), one),
    async target(branch) {
      const commit = await findCommit(context.git, cwd, branch);
      return commit === undefined ? undefined : { branch, commit };
    },
    async has({ branch, commit, remote: wished, signal }) {
      const { git } = under(signal);
      const isHere = async () => (await findCommit(git, cwd, commit)) !== undefined;
      try {
        if (await isHere()) return true;
        const remote = await remoteOf(git, cwd, wished);
        if (remote === undefined) return false;
        const refspec = `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`;
        await get(under(signal), remote, refspec);
        return await isHere();
      } catch {
        return false;
      }
    },
  };
}

/** Its place on the remote. */
function branchOf({ node, story, claim }: CarriedCommit): string {
  return `musher/${node}/${story}.${claim}`;
}

/** Where it is kept on each of the two machines: git throws nothing away that a ref names. */
function keptRefOf({ node, story, claim }: CarriedCommit): string {
  return `refs/musher/claims/${node}/${story}.${claim}`;
}

async function publish(context: RepositoryContext, one: CarriedCommit): Promise<void> {
  const { git, repository } = context;
  const cwd = repository.root;
  const { commit, story } = one;
  await keep(git, cwd, one);
  const remote = await remoteOf(git, cwd, one.remote);
  const of = { commit: commit.slice(0, 10), story, way: 'to' };
  if (remote === undefined)
    throw musherError('CLAIM_UNREACHABLE', { ...of, remote: 'a remote', reason: noRemote });
  const refspec = `+${commit}:refs/heads/${branchOf(one)}`;
  const more = ['--recurse-submodules=no', '--receive-pack=git-receive-pack'];
  const env = { ...(await quietSsh(context)), ...(await ownHelpers(context)) };
  try {
    const args = ['push', ...pushFlags, ...more, '--', remote, refspec];
    await git.run({ cwd, args, env, timeoutMs: carryMs });
  } catch (error) {
    throw unreachable(error, { ...of, remote });
  }
}

const noRemote = 'this repository has none, or several and none called origin';

async function fetch(context: RepositoryContext, one: CarriedCommit): Promise<string> {
  const { git, repository } = context;
  const cwd = repository.root;
  const { commit, story } = one;
  // The remote may well be this repository itself.
  if ((await findCommit(git, cwd, commit)) === undefined) {
    const remote = await remoteOf(git, cwd, one.remote);
    const of = { commit: commit.slice(0, 10), story, way: 'from' };
    if (remote === undefined)
      throw musherError('CLAIM_UNREACHABLE', { ...of, remote: 'a remote', reason: noRemote });
    try {
      const branch = branchOf(one);
      await get(context, remote, `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`);
    } catch (error) {
      throw unreachable(error, { ...of, remote });
    }
    if ((await findCommit(git, cwd, commit)) === undefined) {
      const reason = `its branch ${branchOf(one)} there has another commit`;
      throw musherError('CLAIM_UNREACHABLE', { ...of, remote, reason });
    }
  }
  return keep(git, cwd, one);
}

async function get(context: RepositoryContext, remote: string, refspec: string): Promise<void> {
  const { git, repository } = context;
  const args = ['fetch', ...fetchFlags, '--upload-pack=git-upload-pack', '--', remote, refspec];
  const env = { ...(await quietSsh(context)), ...(await ownHelpers(context)) };
  await git.run({ cwd: repository.root, args, env, timeoutMs: carryMs });
}

async function keep(git: Git, cwd: string, one: CarriedCommit): Promise<string> {
  const ref = keptRefOf(one);
  const found = await readRef(git, cwd, ref);
  if (found !== one.commit) {
    const reason = 'musher: work of a node';
    await moveRef(git, cwd, { ref, to: one.commit, from: found, reason });
  }
  return ref;
}

/** The one that is wished for, `origin`, or the only one that there is. */
async function remoteOf(
  git: Git,
  cwd: string,
  wished: string | undefined,
): Promise<string | undefined> {
  if (wished !== undefined) return wished;
  const remotes = (await askText(git, { cwd, args: ['remote'] })).split('\n').filter(Boolean);
  return remotes.includes('origin') ? 'origin' : remotes.length === 1 ? remotes[0] : undefined;
}

interface Carried {
  readonly commit: string;
  readonly story: string;
  readonly way: string;
  readonly remote: string;
}

const longestWhy = 300;

function unreachable(error: unknown, of: Carried): unknown {
  if (!(error instanceof MusherError) || error.wire.code === 'GIT_CANCELLED') return error;
  const { details = {}, code } = error.wire;
  const said = typeof details.reason === 'string' ? details.reason : reasonOf(error);
  const late = `no answer within ${carryMs / 1_000} s`;
  const reason = code === 'GIT_TIMEOUT' ? late : said.trim().replace(/\.$/, '');
  return musherError('CLAIM_UNREACHABLE', { ...of, reason: reason.slice(0, longestWhy) }, error);
}
