import { useId, useMemo, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useQuery } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useRepository } from '../../hub/use-repository.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { matchesChord } from '../../ui/shortcut.ts';
import { Select, TextArea, TextField } from '../../ui/text-field.tsx';
import { suggestAgentId } from './agent-name.ts';
import { findAgentsList } from './agent-option.tsx';
import { closeAgentsDialog } from './agents-ui.ts';
import { type FormField, fieldOf, type NewAgentForm, toAddData } from './new-agent-form.ts';
import { RestartPolicyChoice } from './restart-policy.tsx';
import { isUsable, type Profile, ProfilePicker } from './profile-picker.tsx';
import { sayError } from '../../ui/say-error.ts';

const blank: NewAgentForm = {
  ...{ name: '', profile: '', base: '', prompt: '', command: '' },
  restart: 'never',
  fetch: false,
};

/** A new agent: a name and a program are enough. */
export function NewAgentDialog() {
  const [form, setForm] = useState(blank);
  const { result, reload } = useQuery('agent.profiles', {});
  const profiles = result?.profiles ?? [];
  const profile =
    profiles.find((one) => one.name === form.profile && !one.unconfirmed) ??
    profiles.find(isUsable);
  const id = useSuggestedId(form.name, profile?.name);
  const { submit, busy, error, forget, isCreated } = useSubmit(form, id, profile);
  const change = (patch: Partial<NewAgentForm>) => {
    setForm((old) => ({ ...old, ...patch }));
    forget();
  };
  const at = (field: FormField) =>
    error && fieldOf(error) === field ? sayError(error) : undefined;
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={closeAgentsDialog}
      // Not on the button that opened this: Enter, typed a moment too long, would open it again.
      onCloseAutoFocus={(event) => {
        if (!isCreated.current) return;
        event.preventDefault();
        findAgentsList()?.focus();
      }}
      title="New agent"
      description="It gets its own worktree and branch, and starts in a terminal."
      footer={
        <>
          <Button onClick={closeAgentsDialog}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            busy={busy}
            disabled={!id || !profile}
            shortcut="Mod+Enter"
          >
            Create agent
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (matchesChord(event, 'Mod+Enter')) event.currentTarget.requestSubmit();
        }}
      >
        {error && !fieldOf(error) && <FormError error={error} />}
        <TextField
          autoFocus
          label="Name"
          value={form.name}
          placeholder={id}
          maxLength={200}
          error={at('name')}
          hint={id ? <BranchHint id={id} /> : 'Letters, digits and hyphens'}
          onChange={(event) => change({ name: event.target.value })}
        />
        <ProfilePicker
          profiles={profiles}
          value={profile?.name}
          error={at('profile')}
          onChange={(name) => change({ profile: name })}
          onConfirmed={(name) => {
            change({ profile: name });
            reload();
          }}
        />
        {profile?.needsCommand && (
          <TextField
            required
            className="font-mono"
            label="Command"
            value={form.command}
            placeholder="node run-tests.mjs --watch"
            error={at('command')}
            hint="Program and arguments; runs in the worktree, without a shell"
            onChange={(event) => change({ command: event.target.value })}
          />
        )}
        <StartFrom form={form} change={change} error={at('base')} />
        <RestartPolicyChoice
          label="When it ends by itself"
          value={form.restart}
          onChange={(restart) => change({ restart })}
        />
        {profile?.takesPrompt && (
          <TextArea
            label="First prompt"
            rows={4}
            value={form.prompt}
            maxLength={100_000}
            error={at('prompt')}
            hint="Optional; handed over when the program is ready"
            onChange={(event) => change({ prompt: event.target.value })}
          />
        )}
      </form>
    </Dialog>
  );
}

interface StartFromProps {
  form: NewAgentForm;
  change: (patch: Partial<NewAgentForm>) => void;
  error: string | undefined;
}

function StartFrom({ form, change, error }: StartFromProps) {
  const repository = useRepository();
  // It may be a commit, or a branch of a remote, by the config.
  const { branches = [], defaultBase } = repository ?? {};
  const all =
    defaultBase && !branches.includes(defaultBase) ? [defaultBase, ...branches] : branches;
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        label="Start from"
        value={form.base || defaultBase}
        error={error}
        onChange={(event) => change({ base: event.target.value })}
      >
        {all.map((branch) => (
          <option key={branch}>{branch}</option>
        ))}
      </Select>
      <label className="flex items-center gap-2 self-start text-muted">
        <input
          type="checkbox"
          checked={form.fetch}
          onChange={(event) => change({ fetch: event.target.checked })}
          className="accent-accent"
        />
        Fetch it first, and start from what its remote has
      </label>
    </div>
  );
}

function BranchHint({ id }: { id: string }) {
  return (
    <>
      Worktree <code>{id}</code>, branch <code>agent/{id}</code>
    </>
  );
}

function FormError({ error }: { error: WireError }) {
  return (
    <div role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
      {sayError(error)}
    </div>
  );
}

/** A name from what was typed, else from the program; never one that is taken. */
function useSuggestedId(text: string, profile: string | undefined): string | undefined {
  const agents = useRecords('agent');
  const taken = useMemo(() => new Set(agents.map(({ id }) => id)), [agents]);
  return suggestAgentId(text.trim() || (profile ?? ''), taken);
}

function useSubmit(form: NewAgentForm, id: string | undefined, profile: Profile | undefined) {
  const { bridge } = useHub();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const isCreated = useRef(false);
  const submit = async () => {
    if (!id || !profile || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const { result } = await bridge.dispatch('agent.add', toAddData(form, id, profile));
      isCreated.current = true;
      closeAgentsDialog();
      navigate('agents', `agent/${result.agent}`);
    } catch (thrown) {
      setError(toWireErrorOf(thrown));
      setBusy(false);
    }
  };
  // A refusal is about what was sent, not about what is being written.
  const forget = () => setError(undefined);
  return { submit, busy, error, forget, isCreated };
}
