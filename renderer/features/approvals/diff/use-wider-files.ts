/** More unchanged lines around the changes of a file, as the commit has them, on demand. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { showDone, showError } from '../../../ui/toast.tsx';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { type DiffFile, toDiffFiles } from './diff-document.ts';
import { toViewerFile, type ViewerFile } from './diff-items.ts';

export type LoadFile = (
  file: Pick<DiffFile, 'path' | 'oldPath'>,
  lines: number,
) => Promise<{ readonly patch: string; readonly truncated: boolean }>;

/** Unchanged lines above and below each change, step by step; the last is the whole file. */
const steps = [25, 150, 1_000_000] as const;

export interface WiderFiles {
  readonly files: readonly ViewerFile[];
  /** Undefined where nothing can be loaded. */
  readonly widen: ((id: string) => void) | undefined;
  /** False where all of it is shown, or there is nothing to show. */
  readonly canWiden: (file: DiffFile) => boolean;
}

interface Wider {
  readonly entry: ViewerFile;
  readonly round: number;
}

export function useWiderFiles(
  files: readonly ViewerFile[],
  subject: string,
  load: LoadFile | undefined,
): WiderFiles {
  const [wider, setWider] = useState<ReadonlyMap<string, Wider>>(new Map());
  const loading = useRef(new Set<string>());
  const widen = useCallback(
    async (id: string) => {
      const entry = files.find(({ file }) => file.id === id);
      const round = wider.get(id)?.round ?? 0;
      const lines = entry?.file.body === 'cut' ? 3 : steps[round];
      if (!entry || !load || lines === undefined || loading.current.has(id)) return;
      loading.current.add(id);
      try {
        const { patch, truncated } = await load(entry.file, lines);
        const isSame = (one: DiffFile) => one.path === entry.file.path;
        const read = toDiffFiles([], patch).find((one) => isSame(one) && one.body === 'text');
        if (!read || truncated) {
          showDone('It is too large to be shown here: more than 4 MiB of it would be needed.');
          return;
        }
        const file = {
          ...read,
          id,
          additions: entry.file.additions,
          deletions: entry.file.deletions,
        };
        const next = {
          entry: toViewerFile({ ...file, fold: undefined }, subject, round + 1),
          round: round + 1,
        };
        setWider((old) => new Map(old).set(id, next));
      } catch (thrown) {
        showError(toWireErrorOf(thrown));
      } finally {
        loading.current.delete(id);
      }
    },
    [files, wider, subject, load],
  );
  const shown = useMemo(
    () => files.map((one) => wider.get(one.file.id)?.entry ?? one),
    [files, wider],
  );
  const canWiden = useCallback(
    ({ id, body, status }: DiffFile) => {
      const isPart = status !== 'added' && status !== 'deleted';
      return body === 'cut' || (body === 'text' && isPart && !isWhole(wider.get(id)));
    },
    [wider],
  );
  const start = useCallback((id: string) => void widen(id), [widen]);
  return { files: shown, widen: load && start, canWiden };
}

/** It was loaded whole, or its hunks have met. */
function isWhole(wider: Wider | undefined): boolean {
  return wider !== undefined && wider.round >= steps.length;
}
