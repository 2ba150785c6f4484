import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { type Said, sayError } from '../../ui/say-error.ts';
import { TextArea } from '../../ui/text-field.tsx';
import { LeftOut } from './left-out.tsx';

type Plan = QueryOutput<'settings.preview'>;

/** A document that comes: what it would change is shown before it is done. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { bridge } = useHub();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [plan, setPlan] = useState<Plan>();
  const [error, setError] = useState<Said>();
  const [isBusy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setPlan(undefined);
      setError(toWireErrorOf(thrown));
    }
    setBusy(false);
  };
  const change = (next: string) => {
    setText(next);
    setPlan(undefined);
    setError(undefined);
  };
  const look = (document = text) =>
    attempt(async () => setPlan(await bridge.query('settings.preview', { document })));
  const take = ({ hash }: Plan) =>
    attempt(async () => {
      await bridge.dispatch('settings.import', { document: text, seen: hash });
      onClose();
    });
  const choose = async (chosen: File | undefined) => {
    const document = (await chosen?.text()) ?? '';
    if (document === '') return;
    change(document);
    await look(document);
  };
  const isNew = plan !== undefined && plan.changes.length > 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Import settings"
      description="Into your own file, beside what it says. Nothing is changed before you have seen what."
      width="wide"
      footer={
        isNew ? (
          <Button look="primary" busy={isBusy} onClick={() => void take(plan)}>
            Change {plan.changes.length === 1 ? '1 setting' : `${plan.changes.length} settings`}
          </Button>
        ) : (
          <Button
            look="primary"
            busy={isBusy}
            disabled={text.length < 2}
            onClick={() => void look()}
          >
            See what changes
          </Button>
        )
      }
    >
      <TextArea
        label="Document"
        rows={plan === undefined ? 10 : 4}
        className="font-mono text-sm"
        placeholder="What musher settings export has made"
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      <div className="my-2">
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          aria-label="File of settings"
          className="hidden"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <Button icon={Upload} onClick={() => file.current?.click()}>
          Choose a file
        </Button>
      </div>
      {error && <Failed error={error} />}
      {plan && <PlanOf plan={plan} />}
    </Dialog>
  );
}

function PlanOf({ plan: { path, changes, leftOut } }: { plan: Plan }) {
  return (
    <div role="status">
      <p className="text-muted wrap-anywhere">
        {changes.length === 0 ? 'Your file says all of it already.' : `In ${toPlainLine(path)}:`}
      </p>
      <ul className="my-1">
        {changes.map(({ key, from, to }) => (
          <li key={key} className="border-t py-1 wrap-anywhere">
            <code className="font-medium">{toPlainLine(key)}</code>{' '}
            <span className="text-muted">{from === undefined ? 'not set' : toPlainLine(from)}</span>
            {' → '}
            {toPlainLine(to)}
          </li>
        ))}
      </ul>
      <LeftOut keys={leftOut} />
    </div>
  );
}

function Failed({ error }: { error: Said }) {
  return (
    <p role="alert" className="my-2 text-red wrap-anywhere">
      {sayError(error)}
    </p>
  );
}
