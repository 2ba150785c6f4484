/** The new agent form: what is sent, and at which field a refusal belongs. Pure. */
import type { WireError } from '../../../preload/contract/errors.ts';
import type { RestartPolicy } from '../../../preload/contract/agent-wishes.ts';
import type { CommandInput } from '../../hub/bridge.ts';
import { splitCommandLine } from './command-line.ts';

export interface NewAgentForm {
  readonly name: string;
  readonly profile: string;
  readonly base: string;
  /** From the newest commit that its remote has. */
  readonly fetch: boolean;
  readonly prompt: string;
  readonly command: string;
  readonly restart: RestartPolicy;
}

export type FormField = keyof NewAgentForm;

export interface FormProfile {
  readonly name: string;
  readonly needsCommand: boolean;
  readonly takesPrompt: boolean;
}

/** Only what the profile takes is sent. */
export function toAddData(
  form: NewAgentForm,
  id: string,
  profile: FormProfile,
): CommandInput<'agent.add'> {
  return {
    name: id,
    profile: profile.name,
    ...(form.base && { base: form.base }),
    ...(form.fetch && { fetch: true }),
    ...(form.restart !== 'never' && { restart: form.restart }),
    ...(profile.takesPrompt && form.prompt.trim() && { prompt: form.prompt.trim() }),
    ...(profile.needsCommand && { command: splitCommandLine(form.command) }),
  };
}

const fields: Readonly<Record<string, FormField>> = {
  AGENT_NAME_INVALID: 'name',
  AGENT_EXISTS: 'name',
  WORKTREE_EXISTS: 'name',
  BRANCH_INVALID: 'name',
  BRANCH_NO_ROOM: 'name',
  BRANCH_CHECKED_OUT: 'name',
  PROFILE_UNKNOWN: 'profile',
  CLI_MISSING: 'profile',
  PROFILE_NEEDS_COMMAND: 'command',
  BASE_UNKNOWN: 'base',
  REMOTE_MISSING: 'base',
  FETCH_FAILED: 'base',
};

/** The field that a refusal is about; undefined when it is about no single one. */
export function fieldOf(error: WireError): FormField | undefined {
  const path = String(error.details?.path ?? '').split('.')[0] ?? '';
  const isField = (name: string): name is FormField =>
    ['name', 'profile', 'base', 'fetch', 'prompt', 'command', 'restart'].includes(name);
  return error.code === 'BODY_INVALID' && isField(path) ? path : fields[error.code];
}
