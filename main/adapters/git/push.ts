/** Pushes a merged commit to the branch of its name, never by force, and says why a remote did not take it. */
import type { Review } from '../../features/approvals/ports.ts';
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import { askText, askYes } from './ask.ts';
import { readRef } from './refs.ts';
import { quietSsh } from './fetch.ts';
import type { RepositoryContext } from './repository-context.ts';

type PushAsk = Parameters<Review['push']>[0];

/** Objects of a large merge over a slow line; what is not there by then is told, and can be tried again. */
const pushMs = 120_000;

/** See `Review.push`. */
export async function push(context: RepositoryContext, ask: PushAsk): Promise<void> {
  const { git, repository } = context;
  const { remote, target, commit } = ask;
  const cwd = repository.root;
  // A later merge was pushed meanwhile: to push this one now would be a step back.
  const tracked = await readRef(git, cwd, `refs/remotes/${remote}/${target}`);
  const isThere = ['merge-base', '--is-ancestor', commit, tracked ?? ''];
  if (tracked !== undefined && (await askYes(git, { cwd, args: isThere }).catch(() => false)))
    return;
  const flags = ['--porcelain', '--no-verify', '--no-signed', '--no-follow-tags', '--no-thin'];
  const more = ['--recurse-submodules=no', '--receive-pack=git-receive-pack'];
  const args = ['push', ...flags, ...more, '--', remote, `${commit}:refs/heads/${target}`];
  const env = { ...(await quietSsh(context)), ...(await ownHelpers(context)) };
  try {
    const { exitCode, stdout, stderr } = await git.run({
      ...{ cwd, args, env, timeoutMs: pushMs, okCodes: [0, 1] },
    });
    if (exitCode !== 0) throw refused(ask, stdout.toString('utf8'), stderr);
  } catch (error) {
    if (!(error instanceof MusherError) || error.wire.code.startsWith('PUSH_')) throw error;
    const { approval } = ask;
    throw musherError('PUSH_FAILED', { approval, target, remote, why: whyNot(error) }, error);
  }
}

const longestWhy = 300;

/** A line of `--porcelain` that begins with `!` says what became of the branch; what a hook said comes on stderr. */
function refused(
  { approval, remote, target }: PushAsk,
  stdout: string,
  stderr: string,
): MusherError {
  const line = stdout.split('\n').find((one) => one.startsWith('!')) ?? '';
  const why = /\(([^)]*)\)\s*$/.exec(line)?.[1] ?? 'it gave no reason';
  const said = stderr
    .split('\n')
    .filter((one) => one.startsWith('remote: '))
    .map((one) => one.slice('remote: '.length).trim())
    .filter((one) => one !== '');
  const all = [why, ...said].join('; ').slice(0, longestWhy);
  const isHook = /hook declined/.test(why) || /hook declined|protected branch/i.test(stderr);
  const code = isHook ? 'PUSH_HOOK_REFUSED' : 'PUSH_REJECTED';
  return musherError(code, { approval, remote, target, why: all });
}

function whyNot(error: MusherError): string {
  const { details = {}, code } = error.wire;
  if (code === 'GIT_TIMEOUT') return `no answer within ${pushMs / 1_000} s`;
  const reason = typeof details.reason === 'string' ? details.reason : reasonOf(error);
  return reason.trim().replace(/\.$/, '').slice(0, longestWhy);
}

/** The user's own helpers for passwords stay; those that the repository names, where an agent can write, do not count. */
export async function ownHelpers({
  git,
  repository,
}: RepositoryContext): Promise<Record<string, string>> {
  const args = ['config', '--show-scope', '--get-all', 'credential.helper'];
  const cwd = repository.root;
  const text = await askText(git, { cwd, args, okCodes: [0, 1] });
  const own = text.split('\n').flatMap((line) => {
    const [scope, helper] = line.split('\t');
    return helper !== undefined && (scope === 'global' || scope === 'system') ? [helper] : [];
  });
  // The empty one forgets all before it.
  const values = ['', ...own];
  const pairs = values.flatMap((value, at) => [
    [`GIT_CONFIG_KEY_${at}`, 'credential.helper'],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(values.length), ...Object.fromEntries(pairs) };
}
