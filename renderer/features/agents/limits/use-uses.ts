import type { WireError } from '../../../../preload/contract/errors.ts';
import type { Use } from '../../../../preload/contract/watchdog.ts';
import { useConnection } from '../../../hub/connection.ts';
import { useQuery } from '../../../hub/use-command.ts';
import { useLive, useRecord } from '../../../hub/use-records.ts';
import { useReload } from '../evidence/use-reload.ts';

/** What an agent has used in its run, of which limits; asked again as it goes on. */
export function useUses(agent: string): {
  readonly uses: readonly Use[] | undefined;
  readonly error: WireError | undefined;
} {
  const isLive = useConnection().state === 'live';
  const { result, error, reload } = useQuery('agent.watch', isLive ? { agent } : undefined);
  const watch = useRecord('watch', agent);
  const record = useRecord('agent', agent);
  const output = useLive('output', agent);
  useReload(reload, [record?.stateSinceMs, output?.atMs, JSON.stringify(watch)]);
  return { uses: result?.uses, error };
}
