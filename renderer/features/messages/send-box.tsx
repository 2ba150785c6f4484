import { useState } from 'react';
import { useCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { ComposeBox } from '../../ui/compose-box.tsx';
import { Select } from '../../ui/text-field.tsx';
import { showDone, showError } from '../../ui/toast.tsx';

/** Writes to one agent or to all of them. */
export function SendBox({ agent }: { agent: string | undefined }) {
  const [chosen, choose] = useState('*');
  const to = agent ?? chosen;
  const [body, setBody] = useState('');
  const { send, busy } = useSend(() => setBody(''));
  const whom = to === '*' ? 'every agent' : to;
  return (
    <div className="shrink-0 border-t p-3">
      <ComposeBox
        label={`Message to ${whom}`}
        placeholder={`Message to ${whom} (r)`}
        value={body}
        onChange={setBody}
        send="Send"
        onSend={(text) => void send(to, text)}
        busy={busy}
      >
        {agent === undefined && <RecipientPicker value={chosen} onChange={choose} />}
      </ComposeBox>
    </div>
  );
}

function RecipientPicker({ value, onChange }: { value: string; onChange: (to: string) => void }) {
  const agents = useRecords('agent').filter(({ state }) => state !== 'destroyed');
  return (
    <Select
      hideLabel
      label="To"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="max-w-60"
    >
      <option value="*">To every agent</option>
      {agents.map(({ id }) => (
        <option key={id} value={id}>
          To {id}
        </option>
      ))}
    </Select>
  );
}

function useSend(onSent: () => void) {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const send = async (to: string, body: string) => {
    setBusy(true);
    const result = await run('message.send', { to, body });
    setBusy(false);
    if (!result) return;
    onSent();
    const [failed] = result.failed;
    if (failed)
      showError({
        code: failed.code,
        message: `Not delivered to ${failed.to}: ${failed.message}`,
        mend: 'Everyone else has it.',
      });
    else if (to === '*') showDone(`Sent to ${result.deliveredTo.length} agents`);
  };
  return { send, busy };
}
