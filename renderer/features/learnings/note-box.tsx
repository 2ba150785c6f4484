import { useState } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { ComposeBox } from '../../ui/compose-box.tsx';

/** Notes a learning in place; it stands in the list once the box is empty again. */
export function NoteBox({ onNoted }: { onNoted: () => void }) {
  const send = useSend();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (noted: string) => {
    setBusy(true);
    const isNoted = await send('learning.add', { text: noted });
    setBusy(false);
    if (!isNoted) return;
    setText('');
    onNoted();
  };
  return (
    <div className="shrink-0 border-t p-3">
      <ComposeBox
        label="Note a learning"
        placeholder="What should the next one know? (r)"
        value={text}
        onChange={setText}
        send="Note"
        onSend={(noted) => void add(noted)}
        busy={busy}
        maxLength={2_000}
      />
    </div>
  );
}
