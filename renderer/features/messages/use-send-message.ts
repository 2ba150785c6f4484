import { useState } from 'react';
import type { CommandInput } from '../../hub/bridge.ts';
import { useCommand } from '../../hub/use-command.ts';
import { showDone, showError } from '../../ui/toast.tsx';

type Sending = Omit<CommandInput<'message.send'>, 'to'> & {
  readonly to: string | readonly string[];
};

/** Sends, and says who could not be reached. */
export function useSendMessage(onSent: () => void) {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const send = async ({ to, ...rest }: Sending) => {
    setBusy(true);
    const names = typeof to === 'string' ? to : [...to];
    const result = await run('message.send', { ...rest, to: names });
    setBusy(false);
    if (!result) return;
    onSent();
    const { failed, deliveredTo } = result;
    const [first, ...others] = failed;
    if (first)
      showError({
        code: first.code,
        message: `Not delivered to ${failed.map((one) => one.to).join(', ')}: ${first.message}`,
        mend: others.length === 0 ? 'Everyone else has it.' : 'The others have it.',
      });
    else if (to === '*' && deliveredTo.length === 0)
      showDone('Nobody was there to get it: add an agent first');
    else if (to === '*') showDone(`Sent to ${deliveredTo.length} agents`);
  };
  return { send, busy };
}
