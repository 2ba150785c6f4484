/**
 * Keeps the file up to date: each minute in which something changed, and once more when the hub stops. Never at an event: what is
 * noted is durable in the log already, and a crash costs the file a minute, which the next start brings.
 */
import type { LearningsFileState } from '../../../../preload/contract/learning-records.ts';
import { sleep } from '../../../base/clock.ts';
import { reasonOf, MusherError, musherError } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectFindings } from '../../findings/index.ts';
import type { LearningsFile } from '../ports.ts';
import type { LearningsState } from '../slice.ts';
import { toFileModel } from './model.ts';
import { syncFile } from './sync.ts';

export const flushEveryMs = 60_000;
/** How long the last flush may hold up the hub's stop. */
const lastFlushMs = 3_000;
/** Somebody who saves it in between is waited for; who saves it three times in a moment, until the next minute. */
const tries = 3;

export function keepFile(file: LearningsFile, life: Life<LearningsState>): void {
  let written: readonly unknown[] = [];
  let problem: string | undefined;
  let running = Promise.resolve();
  const flush = async () => {
    const state = life.state();
    const findings = selectFindings(life.hub());
    const now = [state, findings];
    if (now.every((part, at) => part === written[at])) return;
    try {
      await bringUpToDate(file, state, findings.values());
      written = now;
      problem = undefined;
      tell({ state: 'written' });
    } catch (error) {
      const told = problemOf(error);
      // It is tried each minute, and said once.
      if (told.problem !== problem)
        life.logger.warn(
          { error: reasonOf(error) },
          'the learnings were not written to their file',
        );
      problem = told.problem;
      tell({ state: 'failed', ...told });
    }
  };
  const tell = (told: Pick<LearningsFileState, 'state' | 'problem' | 'mend'>) =>
    life.live.put('learningsFile', 'file', { path: file.path, atMs: life.clock.now(), ...told });
  let cancel = (): void => undefined;
  const goOn = () => {
    cancel = life.clock.schedule(() => {
      running = flush().then(() => void (isOver || goOn()));
    }, flushEveryMs);
  };
  let isOver = false;
  goOn();
  life.own(async () => {
    isOver = true;
    cancel();
    const bound = new AbortController();
    const last = running.then(flush).finally(() => bound.abort());
    await Promise.race([last, sleep(life.clock, lastFlushMs, bound.signal)]);
  });
}

async function bringUpToDate(
  file: LearningsFile,
  state: LearningsState,
  findings: Parameters<typeof toFileModel>[1],
): Promise<void> {
  const model = toFileModel(state, findings);
  for (let attempt = 0; attempt < tries; attempt++) {
    const before = await file.read();
    const synced = syncFile(before, model);
    if ('conflictedAt' in synced)
      throw musherError('FILE_CONFLICTED', { file: file.path, line: synced.conflictedAt });
    const { text } = synced;
    if (text === undefined || text === before) return;
    if (await file.replace(before, text)) return;
  }
  throw musherError('FILE_FAILED', {
    file: file.path,
    reason: 'somebody else wrote it again and again',
  });
}

function problemOf(error: unknown): Pick<LearningsFileState, 'problem' | 'mend'> {
  if (!(error instanceof MusherError)) return { problem: reasonOf(error), mend: '' };
  return { problem: error.wire.message, mend: error.wire.mend };
}
