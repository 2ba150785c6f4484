import { type FormEvent, useId, useState } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { LimitKind } from '../../../../preload/contract/limits.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { useRecord } from '../../../hub/use-records.ts';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { matchesChord } from '../../../ui/shortcut.ts';
import { showDone } from '../../../ui/toast.tsx';
import { closeAgentsDialog } from '../agents-ui.ts';
import { stoppedAt } from '../agent-exit.ts';
import { LimitField } from './limit-field.tsx';
import { warnOf } from './limit-words.ts';
import { changesOf, limitKinds, type LimitsForm, readLimit, toForm } from './limits-form.ts';
import { useUses } from './use-uses.ts';

interface LimitsDialogProps {
  id: string;
  /** The limit that has the keyboard at first. */
  of: LimitKind | undefined;
}

/** What an agent may use in one run, beside what it has used. Sends only what was changed. */
export function LimitsDialog({ id, of = 'turns' }: LimitsDialogProps) {
  const agent = useRecord('agent', id);
  const { uses, error: unseen } = useUses(id);
  const { form, change, problems, leave, submit, busy, error } = useLimitsForm(id);
  const formId = useId();
  const refusal = error ?? unseen;
  if (agent === undefined) return null;
  return (
    <Dialog
      open
      onOpenChange={closeAgentsDialog}
      title={`Limits of ${id}`}
      description={describe(agent)}
      footer={
        <>
          <Button onClick={closeAgentsDialog}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} busy={busy} shortcut="Mod+Enter">
            Set limits
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (matchesChord(event, 'Mod+Enter')) event.currentTarget.requestSubmit();
        }}
      >
        {refusal && (
          <div role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
            {refusal.message} {refusal.mend}
          </div>
        )}
        {limitKinds.map((kind) => {
          const use = uses?.find((one) => one.kind === kind);
          if (use === undefined) return <div key={kind} className="h-22" />;
          const read = readLimit(kind, form[kind]);
          // One that is paused is left alone until it goes on.
          const isStoppable = agent.state === 'running' && agent.paused === undefined;
          return (
            <LimitField
              key={kind}
              use={use}
              isRunning={agent.state === 'running'}
              input={form[kind]}
              problem={problems[kind]}
              warning={warnOf({ use, read, profile: agent.profile, isStoppable })}
              autoFocus={kind === of}
              onChange={(input) => change(kind, input)}
              onLeave={() => leave(kind)}
            />
          );
        })}
      </form>
    </Dialog>
  );
}

function describe({ state, failure }: AgentRecord): string {
  const stopped = stoppedAt(failure);
  const next = 'its next start by you counts from zero.';
  if (stopped !== undefined) return `It ${stopped}; ${next}`;
  if (state !== 'running') return `It is not running; ${next}`;
  return 'What it may use in one run, from a start by you to the next; at a limit it is stopped.';
}

/** What is wrong with a field is said once it is left, or when all of it is to be sent. */
function useLimitsForm(id: string) {
  const { bridge } = useHub();
  const own = useRecord('watch', id)?.limits ?? {};
  // As it was when the dialog opened: what others change meanwhile is theirs.
  const [before] = useState(own);
  const [form, setForm] = useState(() => toForm(before));
  const [left, setLeft] = useState<ReadonlySet<LimitKind>>(new Set());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const { problems, wishes } = changesOf(form, before);
  const change = (kind: LimitKind, input: LimitsForm[LimitKind]) => {
    setForm((old) => ({ ...old, [kind]: input }));
    setLeft((old) => new Set([...old].filter((one) => one !== kind)));
    setError(undefined);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const [wrong] = limitKinds.filter((kind) => problems[kind] !== undefined);
    setLeft(new Set(limitKinds));
    if (wrong !== undefined) {
      event.currentTarget.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
      return;
    }
    if (Object.keys(wishes).length === 0) return closeAgentsDialog();
    setBusy(true);
    try {
      await bridge.dispatch('agent.limits', { agent: id, ...wishes });
      closeAgentsDialog();
      showDone(`The limits of ${id} are set`);
    } catch (thrown) {
      setError(toWireErrorOf(thrown));
      setBusy(false);
    }
  };
  return {
    ...{ form, change, submit, busy, error },
    problems: Object.fromEntries(
      limitKinds.flatMap((kind) => (left.has(kind) ? [[kind, problems[kind]]] : [])),
    ) as typeof problems,
    leave: (kind: LimitKind) => setLeft((old) => new Set([...old, kind])),
  };
}
