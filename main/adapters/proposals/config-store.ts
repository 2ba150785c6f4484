/** The configuration's file and its versions: moved together, or not at all. */
import { musherError } from '../../base/result.ts';
import type { ConfigStore, FileMove } from '../../features/proposals/ports.ts';
import type { RepositoryContext } from '../git/repository-context.ts';
import { callableOff } from '../git/run.ts';
import type { PlainFile } from '../config/plain-file.ts';
import { configPlace, shownPath } from './place.ts';
import {
  diffVersions,
  fileAt,
  keepProposal,
  makeVersion,
  mergedText,
  moveApplied,
  sweepProposals,
  textAt,
  unmoveApplied,
} from './versions.ts';

export function createConfigStore(context: RepositoryContext): ConfigStore {
  const { git, repository } = context;
  const place = configPlace(repository.root);
  const under = (signal: AbortSignal | undefined) => ({
    ...context,
    git: callableOff(git, signal),
  });
  // What moves or clears away anything: one after another.
  const alone = <T>(work: () => Promise<T>) =>
    git.exclusive(`config ${repository.commonDir}`, work);
  return {
    path: shownPath,
    look: () => place.look(),
    makeVersion: (ask, signal) => makeVersion(under(signal), ask),
    textAt: (commit, signal) => textAt(under(signal), commit),
    fileAt: (commit, signal) => fileAt(under(signal), commit),
    diff: (ask, signal) => diffVersions(under(signal), ask),
    merged: (ask, signal) => mergedText(under(signal), ask),
    keep: (proposal, commit) => alone(() => keepProposal(context, proposal, commit)),
    note: (ask) => alone(() => moveApplied(context, ask)),
    write: (move) => alone(() => write(context, place, move)),
    sweep: (isRemembered) =>
      alone(async () => {
        await sweepProposals(context, isRemembered);
        await place.sweep();
      }),
  };
}

/** The ref first: a crash between the two leaves the old file, and the next try finds the ref moved. */
async function write(
  context: RepositoryContext,
  place: PlainFile,
  { from, to, fromHash, toHash }: FileMove,
): Promise<void> {
  const { hash } = await place.look();
  const isOurs = hash === fromHash || hash === toHash;
  if (!isOurs) {
    await unmoveApplied(context, { from, to });
    throw musherError('CONFIG_EDITED');
  }
  const text = await textAt(context, to);
  await moveApplied(context, { from, to });
  if (hash === toHash) return;
  try {
    if (!(await place.replace({ fromHash, text }))) throw musherError('CONFIG_EDITED');
  } catch (error) {
    await unmoveApplied(context, { from, to });
    throw error;
  }
}
