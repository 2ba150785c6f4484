import { type FormEvent, useId, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { sayError } from '../../ui/say-error.ts';
import { matchesChord } from '../../ui/shortcut.ts';
import { showDone } from '../../ui/toast.tsx';
import { DoesFields } from './does-fields.tsx';
import { DryRunPane } from './dry-run-pane.tsx';
import {
  blankForm,
  fieldOf,
  type FormField,
  type Problems,
  problemsOf,
  toAddData,
  toEditData,
  toForm,
  toTest,
  type TriggerForm,
} from './trigger-form.ts';
import { closeTriggersDialog } from './triggers-ui.ts';
import { useDryRun } from './use-dry-run.ts';
import { WhenFields } from './when-fields.tsx';

/** A new trigger, or one that is edited: what it waits for, what it does, and beside it what it would have fired on. */
export function TriggerDialog({ trigger }: { trigger?: TriggerRecord }) {
  const { form, change, problems, submit, busy, error } = useTriggerForm(trigger);
  const ask = toTest(form, trigger?.id);
  const run = useDryRun(ask);
  const refused = error ?? run.error;
  const field = refused && fieldOf(refused);
  const shown = field && refused ? { [field]: sayError(refused), ...problems } : problems;
  const formId = useId();
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={closeTriggersDialog}
      title={trigger === undefined ? 'New trigger' : `Edit ${trigger.id}`}
      description="When something happens, something is done in your name."
      footer={
        <>
          <Button onClick={closeTriggersDialog}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} busy={busy} shortcut="Mod+Enter">
            {trigger === undefined ? 'Add trigger' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)] gap-6">
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={submit}
          onKeyDown={(event) => {
            if (matchesChord(event, 'Mod+Enter')) event.currentTarget.requestSubmit();
          }}
        >
          {error && !field && (
            <div role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
              {sayError(error)}
            </div>
          )}
          <WhenFields form={form} problems={shown} onChange={change} />
          <DoesFields form={form} problems={shown} onChange={change} />
        </form>
        <DryRunPane run={run} isAsked={ask !== undefined} />
      </div>
    </Dialog>
  );
}

/** What is wrong is said when all of it is to be sent, and then as it is mended. */
function useTriggerForm(trigger: TriggerRecord | undefined) {
  const { bridge } = useHub();
  const [form, setForm] = useState(() => (trigger === undefined ? blankForm : toForm(trigger)));
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const problems: Problems = problemsOf(form);
  const change = (patch: Partial<TriggerForm>) => {
    setForm((old) => ({ ...old, ...patch }));
    setError(undefined);
  };
  const send = async () => {
    setBusy(true);
    try {
      if (trigger === undefined) await bridge.dispatch('trigger.add', toAddData(form));
      else await bridge.dispatch('trigger.edit', toEditData(form, trigger));
      closeTriggersDialog();
      showDone(trigger === undefined ? 'The trigger is armed' : `${trigger.id} is changed`);
    } catch (thrown) {
      setError(toWireErrorOf(thrown));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const [wrong] = Object.keys(problems) as FormField[];
    if (wrong === undefined) return busy ? undefined : void send();
    event.currentTarget.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
  };
  return { form, change, submit, busy, error, problems: isTried ? problems : {} };
}
