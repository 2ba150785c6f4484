/** Reads and moves refs, each move by compare-and-swap. */
import { askText } from './ask.ts';
import type { Git } from './run.ts';

export interface RefMove {
  readonly ref: string;
  readonly to: string;
  /** What it must hold now; undefined: it must not exist. */
  readonly from: string | undefined;
  /** For the reflog. */
  readonly reason: string;
  /** Written in the same transaction, before it, whatever those refs hold: all of it, or nothing. */
  readonly along?: ReadonlyArray<{ readonly ref: string; readonly to: string }> | undefined;
}

/** The object that a full ref name holds, or undefined. */
export async function readRef(git: Git, cwd: string, ref: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', ref];
  const answer = await git.run({ cwd, args, okCodes: [0, 1, 128] });
  return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : undefined;
}

/** True when it moved, false when the ref holds something else than `from`. Throws GIT_FAILED otherwise. */
export async function moveRef(git: Git, cwd: string, move: RefMove): Promise<boolean> {
  const from = move.from ?? '0'.repeat(move.to.length);
  const along = (move.along ?? []).map(({ ref, to }) => `update ${ref} ${to}\n`);
  const input = `${along.join('')}update ${move.ref} ${move.to} ${from}\n`;
  const args = ['update-ref', '--no-deref', '-m', move.reason, '--stdin'];
  try {
    await git.run({ cwd, args, input });
    return true;
  } catch (error) {
    const found = await readRef(git, cwd, move.ref);
    if (found === move.from) throw error;
    return false;
  }
}

/** Full names below a prefix such as `refs/musher/snapshots/a/`, in name order. */
export async function listRefs(git: Git, cwd: string, prefix: string): Promise<string[]> {
  const args = ['for-each-ref', '--format=%(refname)', prefix];
  const text = await askText(git, { cwd, args });
  return text === '' ? [] : text.split('\n');
}

/** Those of a prefix that hold this very commit, in name order. */
export async function listRefsAt(
  git: Git,
  cwd: string,
  { prefix, commit }: { readonly prefix: string; readonly commit: string },
): Promise<string[]> {
  const args = ['for-each-ref', '--format=%(refname)', `--points-at=${commit}`, prefix];
  const text = await askText(git, { cwd, args });
  return text === '' ? [] : text.split('\n');
}
