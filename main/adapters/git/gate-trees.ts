/** The git side of gates: what a merge leads to, what it changes, and a clean checkout of it. */
import { parse } from 'smol-toml';
import { musherError } from '../../base/result.ts';
import type { GateTrees, ResultFacts } from '../../features/gates/ports.ts';
import { askList, askText, treeOf } from './ask.ts';
import { requireTarget, resolveCommit } from './examine.ts';
import { copyIncluded } from './include.ts';
import { type MergeAsk, makeResult } from './merge-result.ts';
import { checkOutOwn, gatePath } from './own-checkout.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';

const configFile = '.musher/config.toml';
/** What Musher reads of one; a larger one counts as another. */
const mostConfigBytes = 256 * 1024;

export function createGateTrees(context: RepositoryContext): GateTrees {
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(context.git, signal),
  });
  return {
    plan: ({ signal, ...ask }) => plan(under(signal), ask),
    look: ({ signal, ...ask }) => look(under(signal), ask),
    checkOut: ({ signal, ...ask }) => checkOut(under(signal), ask),
  };
}

async function plan(
  context: RepositoryContext,
  { commit: asked, target, range }: Omit<Parameters<GateTrees['plan']>[0], 'signal'>,
): ReturnType<GateTrees['plan']> {
  const commit = await resolveCommit(context, asked);
  const from = await requireTarget(context, target);
  const pin = { commit, target, tree: '', base: from, ...range, diffHash: '' };
  // Only its files count, which are the same by every strategy that can be: what is merged in the end gets its message then.
  const about = { approval: 'gates', agent: 'gates', title: '' };
  const strategy = range === undefined ? 'merge' : 'rebase';
  const ask: MergeAsk = { ...about, pin, updateCheckout: false, strategy };
  const held = await treeOf(context.git, context.repository.root, from);
  const made = await makeResult(context, { ...ask, from, held });
  // The target itself can be looked at; what it has had for long leads to nothing.
  if (made === undefined && commit !== from) throw musherError('COMMIT_EMPTY', { commit, target });
  const result = made?.to ?? from;
  return { ...(await look(context, { commit: result, from })), commit, result, from };
}

async function look(
  context: RepositoryContext,
  { commit, from }: { commit: string; from: string },
): Promise<ResultFacts> {
  const { git, repository } = context;
  const cwd = repository.root;
  const args = ['diff-tree', '-r', '--no-renames', '--name-only', '-z', from, commit, '--'];
  const [tree, files] = await Promise.all([treeOf(git, cwd, commit), askList(git, { cwd, args })]);
  const changesGates =
    files.includes(configFile) &&
    (await gatesIn(context, from)) !== (await gatesIn(context, commit));
  return { tree, files, changesGates };
}

/** What its config file says of gates, as text that is the same for the same; one that cannot be read is like no other. */
async function gatesIn({ git, repository }: RepositoryContext, commit: string): Promise<string> {
  const cwd = repository.root;
  const name = `${commit}:${configFile}`;
  const found = await git.run({ cwd, args: ['cat-file', '-s', name], okCodes: [0, 128] });
  if (found.exitCode !== 0) return '';
  if (Number(found.stdout.toString('utf8')) > mostConfigBytes) return `${commit} is too large`;
  const text = await askText(git, { cwd, args: ['cat-file', 'blob', name] });
  try {
    const { gates = [], review = {} } = parse(text);
    return JSON.stringify([gates, review]) === '[[],{}]' ? '' : JSON.stringify([gates, review]);
  } catch {
    return `${commit} is no TOML`;
  }
}

async function checkOut(
  context: RepositoryContext,
  { slot, commit }: { slot: number; commit: string },
): Promise<string> {
  const path = gatePath(context.repository, slot);
  await checkOutOwn(context, { path, commit, keepsIgnored: false });
  await copyIncluded(context, path);
  return path;
}
