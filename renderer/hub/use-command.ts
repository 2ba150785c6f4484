/** Asking the hub for something: commands that change, queries that read. */
import { useCallback, useEffect, useState } from 'react';
import type { WireError } from '../../preload/contract/errors.ts';
import { showError } from '../ui/toast.tsx';
import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandOutput,
  QueryInput,
  QueryName,
  QueryOutput,
} from './bridge.ts';
import { useHub } from './hub-context.tsx';
import type { MirrorStore } from './mirror.ts';
import { toWireErrorOf } from './wire-error.ts';

export type RunCommand = <K extends CommandName>(
  type: K,
  data: CommandInput<K>,
) => Promise<CommandOutput<K> | undefined>;

/** Runs a command; what is refused is shown with what to do about it, and comes back as undefined. */
export function useCommand(): RunCommand {
  const { bridge } = useHub();
  return useCallback<RunCommand>((type, data) => runCommand(bridge, type, data), [bridge]);
}

/** The same outside of a component. */
export async function runCommand<K extends CommandName>(
  bridge: Bridge,
  type: K,
  data: CommandInput<K>,
): Promise<CommandOutput<K> | undefined> {
  try {
    return (await bridge.dispatch(type, data)).result;
  } catch (thrown) {
    showError(toWireErrorOf(thrown));
    return undefined;
  }
}

export type SendCommand = <K extends CommandName>(
  type: K,
  data: CommandInput<K>,
) => Promise<boolean>;

/**
 * Runs a command and waits until this page shows what came of it, so that nothing flashes up in between. False when
 * it was refused, which is shown.
 */
export function useSend(): SendCommand {
  const send = useSendForResult();
  return useCallback<SendCommand>(
    async (type, data) => (await send(type, data)) !== undefined,
    [send],
  );
}

/** The same, with what it answers; undefined when it was refused. */
export function useSendForResult(): RunCommand {
  const { bridge, mirror } = useHub();
  return useCallback<RunCommand>(
    async (type, data) => {
      try {
        const { seq, result } = await bridge.dispatch(type, data);
        await untilSeen(mirror, seq);
        return result;
      } catch (thrown) {
        showError(toWireErrorOf(thrown));
        return undefined;
      }
    },
    [bridge, mirror],
  );
}

/** Ends with the next snapshot at the latest: after a reconnect the page gets one. */
function untilSeen(mirror: MirrorStore, seq: number): Promise<void> {
  const isThere = () => mirror.getState().mirror.seq >= seq;
  return new Promise((resolve) => {
    if (isThere()) return resolve();
    const stop = mirror.subscribe(() => {
      if (!isThere()) return;
      stop();
      resolve();
    });
  });
}

export interface QueryState<Result> {
  readonly result: Result | undefined;
  readonly error: WireError | undefined;
  /** Asks again; the old result stays until the new one is there. */
  readonly reload: () => void;
}

/** Asks when mounted and whenever `data` changes (compared as JSON); `undefined` as data asks nothing. */
export function useQuery<K extends QueryName>(
  type: K,
  data: QueryInput<K> | undefined,
): QueryState<QueryOutput<K>> {
  const { bridge } = useHub();
  const [state, setState] = useState<{ result?: QueryOutput<K>; error?: WireError }>({});
  const [round, setRound] = useState(0);
  const asked = data === undefined ? undefined : JSON.stringify(data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again; `asked` stands for the data
  useEffect(() => {
    if (asked === undefined) return;
    const abort = new AbortController();
    bridge.query(type, JSON.parse(asked) as QueryInput<K>, abort.signal).then(
      (result) => !abort.signal.aborted && setState({ result }),
      (thrown) =>
        !abort.signal.aborted && setState((old) => ({ ...old, error: toWireErrorOf(thrown) })),
    );
    return () => abort.abort();
  }, [bridge, type, asked, round]);
  const reload = useCallback(() => setRound((old) => old + 1), []);
  return { result: state.result, error: state.error, reload };
}
