/** A registration token from when it is asked for until its project has registered; it lives in this page's memory alone. */
import { useState } from 'react';
import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import { registerTokenPrefix } from '../../../preload/contract/say-gateway.ts';
import { makeToken } from '../../hub/one-time-token.ts';
import { useSendForResult } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { type Token, useTokens } from './use-projects.ts';

export interface MadeToken extends Token {
  readonly token: string;
  /** When each project that there was had registered. */
  readonly before: ReadonlyMap<string, number>;
}

const cannotMake =
  'This page may not make a token: it came over plain HTTP from another machine. Open the gateway at 127.0.0.1, or use `musher gateway token`.';

export function useRegister() {
  const [made, setMade] = useState<MadeToken>();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const projects = useRecords('project');
  const { tokens } = useTokens();
  const send = useSendForResult();
  const make = async (ask: { readonly name?: string; readonly forMs: number }) => {
    setBusy(true);
    const fresh = await makeToken(registerTokenPrefix);
    const row = fresh && (await send('project.invite', { hash: fresh.hash, ...ask }));
    setBusy(false);
    setFault(fresh === undefined ? cannotMake : undefined);
    if (fresh === undefined || row === undefined) return;
    const before = new Map(projects.map(({ id, registeredMs }) => [id, registeredMs]));
    setMade({ ...row, token: fresh.token, before });
  };
  const joined = made && joinedBy(made, projects, tokens);
  return { made, joined, isBusy, fault, make: (ask: Parameters<typeof make>[0]) => void make(ask) };
}

/** A record does not say by which token its project came: it is the newest, once the token waits no more. */
function joinedBy(
  { invite, before }: MadeToken,
  projects: readonly RegisteredProject[],
  tokens: readonly Token[] | undefined,
): RegisteredProject | undefined {
  if (tokens === undefined || tokens.some((one) => one.invite === invite)) return undefined;
  const fresh = projects.filter(({ id, registeredMs }) => before.get(id) !== registeredMs);
  return fresh.toSorted((a, b) => b.registeredMs - a.registeredMs)[0];
}
