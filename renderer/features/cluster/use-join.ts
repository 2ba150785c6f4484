/** A join token from when it is asked for until its machine has joined; it lives in this page's memory alone. */
import { useState } from 'react';
import { joinTokenPrefix } from '../../../preload/contract/say-join.ts';
import { useSendForResult } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useNow } from '../../ui/clock.ts';
import type { JoinAsk } from './join-form.tsx';
import { type JoinProgress, type MadeInvite, progressOf } from './join-progress.ts';
import { makeToken } from '../../hub/one-time-token.ts';
import { type Invite, useInvites } from './use-nodes.ts';

export interface Made extends MadeInvite {
  readonly token: string;
}

const cannotMake =
  'This page may not make a token: it came over plain HTTP from another machine. Open Musher at 127.0.0.1, or use `musher join-token`.';

export function useJoin() {
  const [made, setMade] = useState<Made>();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const nodes = useRecords('node');
  const send = useSendForResult();
  const { invites, nodesAt } = useInvites(made !== undefined);
  const progress = useProgress(made, invites);
  const make = async (ask: JoinAsk) => {
    setBusy(true);
    const fresh = await makeToken(joinTokenPrefix);
    const invite = fresh && (await send('node.invite', { hash: fresh.hash, ...ask }));
    setBusy(false);
    setFault(fresh === undefined ? cannotMake : undefined);
    if (fresh === undefined || invite === undefined) return;
    const before = new Set(nodes.map(({ id }) => id));
    setMade({ ...invite, token: fresh.token, before });
  };
  const start = (ask: JoinAsk) => void (isBusy || make(ask));
  return { made, progress, nodesAt, isBusy, fault, make: start };
}

function useProgress(made: Made | undefined, invites: readonly Invite[] | undefined): JoinProgress {
  const nodes = useRecords('node');
  const nowMs = useNow();
  const [joined, setJoined] = useState<JoinProgress & { readonly of: Made }>();
  if (made === undefined) return { is: 'waiting' };
  // Once it has joined, nothing that happens later makes it another one.
  if (joined?.of === made) return joined;
  const progress = progressOf(made, { nodes, invites, nowMs });
  if (progress.is === 'joined') setJoined({ ...progress, of: made });
  return progress;
}
