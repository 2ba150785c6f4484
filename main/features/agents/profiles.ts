/** The profiles there are, and what must be true before one runs. None touches more than its own process. */
import { musherError } from '../../base/result.ts';
import type { Confirmations, Profile, Profiles, Programs, Startable } from './ports.ts';
import { aider } from './profiles/aider.ts';
import { claude } from './profiles/claude.ts';
import { codex } from './profiles/codex.ts';
import { copilot } from './profiles/copilot.ts';
import { gemini } from './profiles/gemini.ts';
import { opencode } from './profiles/opencode.ts';
import { script, shell } from './profiles/plain.ts';

/** Names that no config file may use for its own. */
export const builtInNames: readonly string[] = [
  ...['claude', 'codex', 'gemini', 'opencode', 'copilot', 'aider', 'shell', 'script'],
];

/** The built-in profiles; `shellProgram` is the platform's own. `others`: those of config files, as they are now. */
export function profilesOf(
  shellProgram: string,
  others: () => readonly Profile[] = () => [],
): Profiles {
  const own = [claude, codex, gemini, opencode, copilot, aider, shell(shellProgram), script];
  const list = () => [...own, ...others()];
  return { list, get: (name) => list().find((profile) => profile.name === name) };
}

/** Throws PROFILE_UNKNOWN. */
export function profileOf(profiles: Profiles, name: string): Profile {
  const found = profiles.get(name);
  if (found !== undefined) return found;
  const known = profiles.list().map((profile) => profile.name);
  throw musherError('PROFILE_UNKNOWN', { profile: name, known: known.join(', ') });
}

/** What would run, when it comes from the repository and nobody has confirmed it on this machine. */
export function unconfirmedOf(profile: Profile, confirmed: Confirmations): Profile['confirm'] {
  const { confirm } = profile;
  return confirm === undefined || confirmed.has(confirm.hash) ? undefined : confirm;
}

/** Throws PROFILE_UNCONFIRMED. */
export function requireConfirmed(profile: Profile, confirmed: Confirmations): void {
  const unconfirmed = unconfirmedOf(profile, confirmed);
  if (unconfirmed !== undefined)
    throw musherError('PROFILE_UNCONFIRMED', { profile: profile.name, ...unconfirmed });
}

/** The program as it is started; throws CLI_MISSING with the hint, PROGRAM_UNUSABLE of a path. */
export async function requireProgram(
  programs: Programs,
  ask: { profile: Profile; program: string; cwd?: string },
): Promise<Startable> {
  const found = await programs.find(ask.program, ask.cwd);
  if (found !== undefined) return found;
  const hint = ask.profile.hint ?? `Install "${ask.program}", or give the path of another program.`;
  throw musherError('CLI_MISSING', { program: ask.program, profile: ask.profile.name, hint });
}
