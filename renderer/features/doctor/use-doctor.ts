/** The report as it was last made, and whether another is under way. */
import { useState } from 'react';
import type { DoctorReport } from '../../../preload/contract/doctor.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';

const everything = {};

export function useDoctor() {
  const isLive = useConnection().state === 'live';
  const { result, error, reload } = useQuery('doctor.check', isLive ? everything : undefined);
  const [last, setLast] = useState<DoctorReport>();
  const [before, setBefore] = useState<unknown>();
  // What a connection that broke took with it is still true enough to read.
  if (result !== undefined && result !== last) setLast(result);
  const newest = error ?? result;
  return {
    report: result ?? last,
    error,
    isChecking: isLive && (newest === undefined || newest === before),
    checkAgain() {
      setBefore(newest);
      reload();
    },
  };
}
