/** How things stand before a merge: what the target holds, whether the pin is whole, and what a former try had noted. */
import { musherError } from '../../base/result.ts';
import { askText, askYes } from './ask.ts';
import type { MergeAsk } from './merge-result.ts';
import { type MergeNote, noteRefs } from './merge-notes.ts';
import type { RepositoryContext } from './repository-context.ts';

interface Before {
  /** What the target holds, and its tree. */
  readonly from: string;
  readonly held: string;
  /** What a former try was about to do. */
  readonly note: MergeNote | undefined;
}

/** All at once: each git that is started stands between the yes and the merge. A commit id fixes its tree, and a pin that does not belong together is refused. */
export async function lookBefore(context: RepositoryContext, ask: MergeAsk): Promise<Before> {
  const { approval, pin } = ask;
  const names = [`${pin.commit}^{commit}`, `${pin.commit}^{tree}`];
  const target = `refs/heads/${pin.target}`;
  const all = [...names, `${target}^{commit}`, `${target}^{tree}`, ...noteRefs(approval)];
  const [commit, tree, from, held, noted, to] = await resolveAll(context, all);
  if (commit === undefined) throw musherError('COMMIT_UNKNOWN', { commit: pin.commit });
  if (commit !== pin.commit || tree !== pin.tree) {
    const found = tree ?? 'nothing';
    throw musherError('APPROVAL_MOVED', { approval, what: 'tree', expected: pin.tree, found });
  }
  if (from === undefined || held === undefined)
    throw musherError('TARGET_UNKNOWN', { target: pin.target });
  const isNoted = noted !== undefined && to !== undefined;
  return { from, held, note: isNoted ? { from: noted, to } : undefined };
}

/** Undefined for what does not exist. */
async function resolveAll(
  { git, repository }: RepositoryContext,
  names: readonly string[],
): Promise<Array<string | undefined>> {
  const args = ['cat-file', '--batch-check=%(objectname)'];
  const input = names.map((name) => `${name}\n`).join('');
  const lines = (await askText(git, { cwd: repository.root, args, input })).split('\n');
  return lines.map((line) => (/^[0-9a-f]{40,64}$/.test(line) ? line : undefined));
}

/** `tip` has it in its history. */
export function isOnTarget(
  { git, repository }: RepositoryContext,
  commit: string,
  tip: string,
): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', commit, tip];
  return askYes(git, { cwd: repository.root, args });
}
