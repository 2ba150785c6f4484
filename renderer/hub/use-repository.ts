import type { QueryOutput } from './bridge.ts';
import { useConnection } from './connection.ts';
import { useQuery } from './use-command.ts';

/** The repository that is open; undefined until the host has told. */
export function useRepository(): QueryOutput<'repository.get'> | undefined {
  const isLive = useConnection().state === 'live';
  return useQuery('repository.get', isLive ? {} : undefined).result;
}
