/** What is typed, what the folder is, and the way from there into a repository. */
import { useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { FolderVerdict } from '../../../preload/contract/welcome.ts';
import type { CommandInput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useQuery } from '../../hub/use-command.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { useTyped } from '../../ui/use-typed.ts';

type Entry = 'welcome.open' | 'welcome.demo';

export interface Choice {
  readonly typed: string;
  type(text: string): void;
  /** At once, without waiting for a pause. */
  set(text: string): void;
  /** Of what is typed now; undefined while it is looked at. */
  readonly verdict: FolderVerdict | undefined;
  readonly checkError: WireError | undefined;
  checkAgain(): void;
  /** What is being opened or made, if anything. */
  readonly busy: string | undefined;
  readonly openError: WireError | undefined;
  open(path: string): void;
  make(path: string): void;
  openDemo(): void;
  /** What was begun goes on; this page does not wait for it. */
  stopWaiting(): void;
}

export function useChoice(asked: string): Choice {
  const [settled, setSettled] = useState('');
  const [typed, type] = useTyped(settled, setSettled);
  const wasAsked = useRef('');
  useEffect(() => {
    if (asked === '' || asked === wasAsked.current) return;
    wasAsked.current = asked;
    setSettled(asked);
  }, [asked]);
  const wanted = settled.trim() === '' ? undefined : { path: settled.trim() };
  const { result, error, reload } = useQuery('welcome.check', wanted);
  const isOf = useIsOf(wanted?.path, result);
  const entering = useEntering();
  return {
    ...entering,
    typed,
    type(text) {
      entering.forgetError();
      type(text);
    },
    set(text) {
      entering.forgetError();
      setSettled(text);
    },
    verdict: isOf && typed.trim() === settled.trim() && wanted !== undefined ? result : undefined,
    checkError: wanted === undefined ? undefined : error,
    checkAgain: reload,
  };
}

/** Whether an answer came since something else was asked. */
function useIsOf(path: string | undefined, answer: unknown): boolean {
  const [of, setOf] = useState<{ path: string | undefined; before: unknown }>();
  if (of?.path !== path) setOf({ path, before: answer });
  return of?.path === path && of?.before !== answer;
}

function useEntering() {
  const { bridge } = useHub();
  const [busy, setBusy] = useState<string>();
  const [openError, setOpenError] = useState<WireError>();
  const turn = useRef(0);
  const run = async (what: string, work: () => Promise<void>) => {
    turn.current += 1;
    const mine = turn.current;
    setBusy(what);
    setOpenError(undefined);
    try {
      await work();
    } catch (thrown) {
      if (mine !== turn.current) return;
      setOpenError(toWireErrorOf(thrown));
      setBusy(undefined);
    }
  };
  const enter = async <K extends Entry>(type: K, data: CommandInput<K>) => {
    const mine = turn.current;
    const { result } = await bridge.dispatch(type, data);
    // The same window is the repository's from now on.
    if (mine === turn.current)
      location.assign(`./?project=${encodeURIComponent((result as { project: string }).project)}`);
  };
  return {
    busy,
    openError,
    forgetError: () => setOpenError(undefined),
    open: (path: string) => void run(path, () => enter('welcome.open', { path })),
    make: (path: string) =>
      void run(path, async () => {
        const mine = turn.current;
        const { result } = await bridge.dispatch('welcome.make', { path });
        if (mine === turn.current) await enter('welcome.open', { path: result.root });
      }),
    openDemo: () => void run('the demo', () => enter('welcome.demo', {})),
    stopWaiting() {
      turn.current += 1;
      setBusy(undefined);
    },
  };
}
