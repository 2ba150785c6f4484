/** The time that ages are told by: now, or that of a moment in the past which everything below shows. */
import { createContext, type ReactNode, useContext } from 'react';

const AsOfContext = createContext<number | undefined>(undefined);

interface AsOfProps {
  atMs: number;
  children: ReactNode;
}

/** Below it the clock stands at that time. */
export function AsOf({ atMs, children }: AsOfProps) {
  return <AsOfContext value={atMs}>{children}</AsOfContext>;
}

/** Unix ms; undefined where it is now. */
export function useAsOf(): number | undefined {
  return useContext(AsOfContext);
}
