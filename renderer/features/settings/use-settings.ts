/** All that there is to set, as it is now: asked again whenever one of the files says something else. */
import { useEffect, useState } from 'react';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useLiveTable } from '../../hub/use-records.ts';

export type Settings = QueryOutput<'settings.get'>;

const everything = {};

export function useSettings() {
  const isLive = useConnection().state === 'live';
  const files = useLiveTable('configFile');
  const { result, error, reload } = useQuery('settings.get', isLive ? everything : undefined);
  const [last, setLast] = useState<Settings>();
  if (result !== undefined && result !== last) setLast(result);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table of files is what it is asked for again
  useEffect(() => reload(), [files, reload]);
  return { settings: result ?? last, error: last === undefined ? error : undefined, reload };
}
