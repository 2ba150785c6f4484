import { useState } from 'react';
import { useCommand } from '../../hub/use-command.ts';
import { ComposeBox } from '../../ui/compose-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { showDone } from '../../ui/toast.tsx';

type Way = 'type' | 'message';

const ways = [
  { value: 'type', label: 'Type into terminal' },
  { value: 'message', label: 'Send message' },
] as const;

const placeholders: Readonly<Record<Way, string>> = {
  type: 'What it is to do now: typed into its terminal, then Enter',
  message: 'It reads this when it next looks at its messages',
};

/** Says something to an agent: at its prompt now, or to its inbox. */
export function Composer({ agent, canType }: { agent: string; canType: boolean }) {
  const [chosen, choose] = useState<Way>('type');
  const way = canType ? chosen : 'message';
  const [text, setText] = useState('');
  const { send, busy } = useSend(agent, way, () => setText(''));
  return (
    <div className="shrink-0 border-t p-3">
      <ComposeBox
        label={way === 'type' ? `Type into the terminal of ${agent}` : `Message to ${agent}`}
        placeholder={placeholders[way]}
        value={text}
        onChange={setText}
        send={way === 'type' ? 'Type' : 'Send'}
        onSend={(body) => void send(body)}
        busy={busy}
      >
        {canType && <Segmented label="How" value={way} segments={ways} onChange={choose} />}
      </ComposeBox>
    </div>
  );
}

function useSend(agent: string, way: Way, onSent: () => void) {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const send = async (text: string) => {
    setBusy(true);
    const done =
      way === 'type'
        ? await run('agent.type', { agent, text })
        : await run('message.send', { to: agent, body: text });
    setBusy(false);
    if (!done) return;
    if (way === 'message') showDone(`Sent to ${agent}`);
    onSent();
  };
  return { send, busy };
}
