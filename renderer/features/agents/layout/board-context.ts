/** What each pane and row needs to know of all the others. */
import { createContext, useContext } from 'react';

export interface BoardFacts {
  /** Ids as they are seen. */
  readonly order: readonly string[];
  /** The key that goes to it: 1 to 9, for the pinned ones and then those added first, so that it stays the same. */
  readonly numbers: ReadonlyMap<string, number>;
}

export const BoardContext = createContext<BoardFacts>({ order: [], numbers: new Map() });

export function useBoardFacts(): BoardFacts {
  return useContext(BoardContext);
}
