/** The git side of targets: when one moves, what that was, and the way back. */
import type { Targets } from '../../features/targets/ports.ts';
import type { Logger } from '../../base/logger.ts';
import { MusherError, musherError } from '../../base/result.ts';
import { askText, findCommit } from './ask.ts';
import { findCheckouts } from './checkouts.ts';
import { moveTarget, requireMovable } from './move-target.ts';
import { refTime } from './ref-time.ts';
import { listRefsAt, moveRef, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';
import { readMoves } from './target-moves.ts';
import { watchRefs } from './watch-refs.ts';

const prefix = 'refs/musher/targets/';
const shownCheckouts = 5;

export function createTargets(context: RepositoryContext, log: Logger): Targets {
  const { git, repository } = context;
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(git, signal),
  });
  return {
    watch: (branches, onMoved) =>
      watchRefs({ commonDir: repository.commonDir, branches, onMoved, clock: git.clock, log }),
    commitOf: (branch, signal) =>
      findCommit(under(signal).git, repository.root, `refs/heads/${branch}`),
    between: ({ signal, ...ask }) => readBetween(under(signal), ask),
    restore: ({ signal, ...ask }) =>
      // As merges do.
      git.exclusive(`merge ${repository.commonDir}`, () => restore(under(signal), ask)),
  };
}

async function readBetween(
  context: RepositoryContext,
  { target, from, to }: { target: string; from: string; to: string },
) {
  const { git, repository } = context;
  const cwd = repository.root;
  const isThere = (await findCommit(git, cwd, from)) !== undefined;
  const args = ['rev-list', '--left-right', '--count', `${from}...${to}`, '--'];
  const counts = isThere ? await askText(git, { cwd, args }) : '0\t0';
  const [removed = 0, added = 0] = counts.split('\t').map(Number);
  const checkouts = await findCheckouts(context, target);
  return {
    ...{ added, removed, moves: await readMoves(context, { target, from }) },
    checkouts: checkouts.slice(0, shownCheckouts).map(({ path }) => path),
  };
}

async function restore(
  context: RepositoryContext,
  { target, from, to }: { target: string; from: string; to: string },
): Promise<{ keptRef: string }> {
  const { git, repository } = context;
  const cwd = repository.root;
  const ref = `refs/heads/${target}`;
  const found = await readRef(git, cwd, ref);
  if (found === undefined) throw musherError('TARGET_UNKNOWN', { target });
  if (found !== from && found !== to)
    throw musherError('TARGET_MOVED_ON', { target, expected: from, found });
  const keptRef = await keep(context, { target, commit: from });
  if (found === to) return { keptRef };
  const checkouts = await findCheckouts(context, target);
  const reason = 'musher: move back';
  try {
    const waiting = await requireMovable(context, { target, updateCheckout: true, checkouts, to });
    await moveTarget(context, { target, reason, from, to, waiting });
  } catch (error) {
    throw asOurs(error, target);
  }
  return { keptRef };
}

/** The same trouble that a merge has, with what helps here. */
function asOurs(error: unknown, target: string): unknown {
  if (!(error instanceof MusherError)) return error;
  const { code, details = {} } = error.wire;
  if (code === 'TARGET_DIRTY')
    return musherError('TARGET_HELD', { target, path: String(details.path) }, error);
  if (code !== 'TARGET_MOVED') return error;
  const { expected, found } = details;
  const where = { expected: String(expected), found: String(found) };
  return musherError('TARGET_MOVED_ON', { target, ...where }, error);
}

/** What it is moved back from stays reachable. Idempotent. */
async function keep(
  { git, repository }: RepositoryContext,
  { target, commit }: { target: string; commit: string },
): Promise<string> {
  const cwd = repository.root;
  const own = `${prefix}${target}/`;
  const [known] = await listRefsAt(git, cwd, { prefix: own, commit });
  if (known !== undefined) return known;
  const time = refTime(git.clock.now());
  const ref = `${own}${time}-${commit.slice(0, 12)}`;
  const reason = 'musher: keep what a target is moved back from';
  await moveRef(git, cwd, { ref, to: commit, from: undefined, reason });
  return ref;
}
