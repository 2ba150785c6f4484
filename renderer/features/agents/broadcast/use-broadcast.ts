import { useCallback, useState } from 'react';
import { useHub } from '../../../hub/hub-context.tsx';
import { selectRecords } from '../../../hub/use-records.ts';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import type { Bridge } from '../../../hub/bridge.ts';
import { byAge } from '../present-agent.ts';
import { audienceOf, type Outcome, type Way } from './broadcast.ts';
import { useChosen } from './use-chosen.ts';

export interface Broadcast {
  /** True when somebody got it. */
  send(text: string, way: Way): Promise<boolean>;
  readonly isBusy: boolean;
  /** Of the last one, until it is forgotten. */
  readonly outcomes: readonly Outcome[];
  forget(): void;
}

/** Says one thing to all that are chosen, and tells of each whether it got it. */
export function useBroadcast(): Broadcast {
  const { bridge, mirror } = useHub();
  const [isBusy, setBusy] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const send = useCallback(
    async (text: string, way: Way) => {
      // As they are now, and not as they were when the text was begun.
      const { ids } = useChosen.getState();
      const agents = selectRecords(mirror.getState(), 'agent').filter(({ id }) => ids.has(id));
      const { receivers, left } = audienceOf([...agents].sort(byAge), way);
      setBusy(true);
      const told =
        way === 'type'
          ? await Promise.all(receivers.map((agent) => type(bridge, agent, text)))
          : await message(bridge, receivers, text);
      const notSent = left.map(({ agent, why }) => ({
        ...{ agent, isThere: false, text: `not sent: it is ${why}` },
      }));
      setOutcomes([...told, ...notSent]);
      setBusy(false);
      return told.some(({ isThere }) => isThere);
    },
    [bridge, mirror],
  );
  const forget = useCallback(() => setOutcomes([]), []);
  return { send, isBusy, outcomes, forget };
}

async function type(bridge: Bridge, agent: string, text: string): Promise<Outcome> {
  try {
    await bridge.dispatch('agent.type', { agent, text });
    return { agent, isThere: true, text: 'typed into its terminal' };
  } catch (thrown) {
    return { agent, isThere: false, text: toWireErrorOf(thrown).message };
  }
}

/** One message with all of them as its recipients. */
async function message(
  bridge: Bridge,
  receivers: readonly string[],
  body: string,
): Promise<readonly Outcome[]> {
  try {
    const { result } = await bridge.dispatch('message.send', { to: [...receivers], body });
    const failed = new Map(result.failed.map((one) => [one.to, one.message] as const));
    return receivers.map((agent) => {
      const isThere = result.deliveredTo.includes(agent);
      return { agent, isThere, text: failed.get(agent) ?? (isThere ? 'in its inbox' : 'not sent') };
    });
  } catch (thrown) {
    const { message: text } = toWireErrorOf(thrown);
    return receivers.map((agent) => ({ agent, isThere: false, text }));
  }
}
