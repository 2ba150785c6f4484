import { type FormEvent, useId, useState } from 'react';
import { toAgentId } from '../../../preload/contract/agent-id.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useQuery } from '../../hub/use-command.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { sayError } from '../../ui/say-error.ts';
import { Select, TextField } from '../../ui/text-field.tsx';
import { splitPath } from './worktree-words.ts';
import { closeWorktrees, showWorktrees } from './worktrees-ui.ts';

/** Makes a worktree that stands already an agent's. */
export function AdoptWorktree({ path }: { path: string }) {
  const { agent, setAgent, profile, setProfile, profiles, adopt, busy, error } = useAdoption(path);
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={closeWorktrees}
      title="Adopt a worktree"
      description={`${toPlainLine(path)} stays where it is, with all that is in it. Its agent is added stopped.`}
      footer={
        <>
          <Button onClick={() => showWorktrees()}>Back</Button>
          <Button look="primary" type="submit" form={formId} busy={busy}>
            Adopt
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-4" onSubmit={adopt}>
        {error && (
          <div role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
            {sayError(error)}
          </div>
        )}
        <TextField
          label="Name of the agent"
          autoFocus
          value={agent}
          onChange={(event) => setAgent(event.target.value)}
        />
        <Select
          label="Program"
          hint="A script is adopted on the command line: musher worktree adopt"
          value={profile}
          onChange={(event) => setProfile(event.target.value)}
        >
          {profiles.map(({ name, title }) => (
            <option key={name} value={name}>
              {toPlainLine(title)}
            </option>
          ))}
        </Select>
      </form>
    </Dialog>
  );
}

function useAdoption(path: string) {
  const { bridge } = useHub();
  const { result } = useQuery('agent.profiles', {});
  const profiles = (result?.profiles ?? []).filter(
    ({ installed, unconfirmed, name }) => installed && !unconfirmed && name !== 'script',
  );
  const [agent, setAgent] = useState(() => toAgentId(splitPath(path).name));
  const [chosen, setProfile] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError>();
  const profile = chosen ?? profiles[0]?.name ?? 'shell';
  const adopt = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await bridge.dispatch('worktree.adopt', { path, agent, profile });
      closeWorktrees();
      navigate('agents', `agent/${agent}`);
    } catch (thrown) {
      setError(toWireErrorOf(thrown));
      setBusy(false);
    }
  };
  return {
    ...{ agent, setAgent, profile, setProfile, profiles, busy, error },
    adopt: (event: FormEvent) => void adopt(event),
  };
}
