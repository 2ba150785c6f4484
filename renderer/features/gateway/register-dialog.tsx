import { nodeLabelFault } from '../../../preload/contract/node-label.ts';
import { type FormEvent, useState } from 'react';
import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { closeDialog } from './gateway-ui.ts';
import { RegisterLines } from './register-lines.tsx';
import { type MadeToken, useRegister } from './use-register.ts';

const formId = 'register-project';
const minuteMs = 60_000;
const lengths = [
  { value: '15m', label: '15 minutes', forMs: 15 * minuteMs },
  { value: '1h', label: '1 hour', forMs: 60 * minuteMs },
  { value: '1d', label: '1 day', forMs: 24 * 60 * minuteMs },
  { value: '7d', label: '7 days', forMs: 7 * 24 * 60 * minuteMs },
] as const;
type Length = (typeof lengths)[number];

/** Makes a registration token and shows it once, with what to type, until that project has registered. */
export function RegisterDialog() {
  const { made, joined, isBusy, fault, make } = useRegister();
  const [name, setName] = useState('');
  const [length, setLength] = useState<Length>(lengths[0]);
  const wrong = name.trim() === '' ? undefined : nodeLabelFault(name);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wish = name.trim();
    if (wrong === undefined) make({ ...(wish !== '' && { name: wish }), forMs: length.forMs });
  };
  if (made !== undefined) return <Made made={made} joined={joined} />;
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title="Register a project"
      description="It tells this gateway how it stands, in numbers. What more it grants, its operator says there."
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} busy={isBusy}>
            Make a token
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-4" onSubmit={handleSubmit}>
        <TextField
          label="Name"
          hint="What the project is to be called here. Left empty, as its folder."
          autoFocus
          maxLength={40}
          value={name}
          error={wrong}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex flex-col items-start gap-1">
          <span className="font-medium">The token may be used for</span>
          <Segmented<Length['value']>
            label="The token may be used for"
            value={length.value}
            segments={lengths}
            onChange={(value) => setLength(lengths.find((one) => one.value === value) ?? length)}
          />
        </div>
        {fault !== undefined && (
          <p role="alert" className="text-red">
            {fault}
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface MadeProps {
  made: MadeToken;
  joined: RegisteredProject | undefined;
}

/** What is lost by closing is lost for good, so it is asked once; where nothing is, it closes. */
function Made({ made, joined }: MadeProps) {
  const [isAsked, setAsked] = useState(false);
  const isLeaving = isAsked && joined === undefined;
  const leave = () => (joined === undefined ? setAsked(true) : closeDialog());
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={() => (isLeaving ? setAsked(false) : leave())}
      title={made.name === undefined ? 'Register a project' : `Register ${made.name}`}
      footer={
        isLeaving ? (
          <>
            <p role="alert" className="mr-auto min-w-0 self-center text-amber">
              The token is shown no more once this is closed. It still works until it expires.
            </p>
            <Button autoFocus onClick={() => setAsked(false)}>
              Keep it open
            </Button>
            <Button look="danger" onClick={closeDialog}>
              Close
            </Button>
          </>
        ) : (
          <Button look={joined ? 'primary' : 'normal'} onClick={leave}>
            {joined ? 'Done' : 'Close'}
          </Button>
        )
      }
    >
      <RegisterLines made={made} joined={joined} />
    </Dialog>
  );
}
