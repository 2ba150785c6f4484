/** Which files are folded: what is too large or viewed already, unless the operator said otherwise. */
import { useCallback, useState } from 'react';
import type { DiffFile } from './diff-document.ts';

export interface Folds {
  readonly isFolded: (file: DiffFile) => boolean;
  readonly fold: (id: string, isFolded: boolean) => void;
  readonly foldAll: (files: readonly DiffFile[], isFolded: boolean) => void;
}

/** `viewed` as it was when the diff was opened: a tick folds by itself, through `fold`. */
export function useFolds(viewed: ReadonlySet<string>): Folds {
  const [viewedAtStart] = useState(viewed);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  return {
    isFolded: useCallback(
      (file) => chosen.get(file.id) ?? (file.fold !== undefined || viewedAtStart.has(file.path)),
      [chosen, viewedAtStart],
    ),
    fold: useCallback((id, isFolded) => setChosen((old) => new Map(old).set(id, isFolded)), []),
    foldAll: useCallback(
      (files, isFolded) => setChosen(new Map(files.map(({ id }) => [id, isFolded]))),
      [],
    ),
  };
}
