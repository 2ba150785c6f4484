/** Refs that keep the commits of approvals, `refs/musher/approvals/<approval>`, and the end of those that nobody needs. */
import type { Review } from '../../features/approvals/ports.ts';
import { musherError } from '../../base/result.ts';
import { askText } from './ask.ts';
import { moveRef, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';

const prefix = 'refs/musher/approvals/';
/** As long as git itself keeps what was in a reflog. */
const forgottenAfterMs = 90 * 24 * 3_600_000;

export function pinRef(approval: string): string {
  return `${prefix}${approval}`;
}

/** See `Review.pin`. */
export async function pinCommit(
  { git, repository }: RepositoryContext,
  approval: string,
  commit: string,
): Promise<void> {
  const ref = pinRef(approval);
  const cwd = repository.root;
  const reason = 'musher: pin';
  if (await moveRef(git, cwd, { ref, to: commit, from: undefined, reason })) return;
  const found = (await readRef(git, cwd, ref)) ?? 'nothing';
  // The request and a quick yes may pin at once.
  if (found === commit) return;
  throw musherError('APPROVAL_MOVED', { approval, what: 'commit', expected: commit, found });
}

/** See `Review.related`. Two calls, however many approvals there are; none where there are none. */
export async function findRelated(
  { git, repository }: RepositoryContext,
  { commit, among }: Omit<Parameters<Review['related']>[0], 'signal'>,
): Promise<{ contained: string[]; containing: string[] }> {
  if (among.length === 0) return { contained: [], containing: [] };
  const list = async (flag: string) => {
    const format = '--format=%(objectname) %(refname)';
    const args = ['for-each-ref', format, `${flag}=${commit}`, ...among.map(pinRef)];
    const text = await askText(git, { cwd: repository.root, args });
    return text.split('\n').flatMap((line) => {
      const [id, ref = ''] = line.split(' ');
      return ref === '' || id === commit ? [] : [ref.slice(prefix.length)];
    });
  };
  const [contained, containing] = await Promise.all([list('--merged'), list('--contains')]);
  return { contained, containing };
}

interface PinRef {
  readonly ref: string;
  readonly commit: string;
  readonly committedMs: number;
}

/** See `Review.sweepPins`. A ref that moved meanwhile ends the sweep, with nothing removed. */
export async function sweepPins(
  context: RepositoryContext,
  { isRemembered }: Parameters<Review['sweepPins']>[0],
): Promise<string[]> {
  const { git, repository } = context;
  const unneeded = (await listPins(context)).filter(
    ({ ref }) => !isRemembered(ref.slice(prefix.length)),
  );
  if (unneeded.length === 0) return [];
  const alone = await findAlone(context, unneeded);
  const nowMs = git.clock.now();
  const over = unneeded.filter(
    ({ commit, committedMs }) => !alone.has(commit) || nowMs - committedMs > forgottenAfterMs,
  );
  if (over.length === 0) return [];
  const input = over.map(({ ref, commit }) => `delete ${ref} ${commit}\n`).join('');
  await git.run({ cwd: repository.root, args: ['update-ref', '--no-deref', '--stdin'], input });
  return over.map(({ ref }) => ref.slice(prefix.length));
}

async function listPins({ git, repository }: RepositoryContext): Promise<PinRef[]> {
  const format = '--format=%(objectname) %(committerdate:unix) %(refname)';
  const args = ['for-each-ref', format, prefix];
  const text = await askText(git, { cwd: repository.root, args });
  return text.split('\n').flatMap((line) => {
    const [commit = '', seconds = '', ref = ''] = line.split(' ');
    return ref === '' ? [] : [{ ref, commit, committedMs: Number(seconds) * 1000 }];
  });
}

/** Commits of pins, and those before them, that no branch, tag, worktree or snapshot holds. */
async function findAlone(
  { git, repository }: RepositoryContext,
  pins: readonly PinRef[],
): Promise<Set<string>> {
  const rest = ['--not', `--exclude=${prefix}*`, '--all'];
  const input = pins.map(({ commit }) => `${commit}\n`).join('');
  const args = ['rev-list', '--stdin', ...rest];
  const text = await askText(git, { cwd: repository.root, args, input });
  return new Set(text.split('\n'));
}
