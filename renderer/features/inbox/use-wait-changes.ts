import { useEffect, useRef } from 'react';
import { useRecords } from '../../hub/use-records.ts';

/** Asks again whenever a wait began or ended; not for all that comes to be read, of which there may be much. */
export function useReloadOnWaits(reload: () => void, isEnabled = true): void {
  const stopped = useRecords('waiting').filter(({ isBlocking }) => isBlocking).length;
  const before = useRef(stopped);
  useEffect(() => {
    if (before.current === stopped) return;
    before.current = stopped;
    if (isEnabled) reload();
  }, [stopped, reload, isEnabled]);
}
