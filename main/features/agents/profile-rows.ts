/** Profiles for callers, and the operator's confirmation of one that the repository brings. */
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { ProfileRow } from '../../../preload/contract/profiles.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { AgentsPorts } from './effects.ts';
import type { Profile } from './ports.ts';
import { profileOf, unconfirmedOf } from './profiles.ts';

type Ports = Pick<AgentsPorts, 'profiles' | 'programs' | 'confirmed'>;
type Trust = CommandData<typeof contract, 'profile.trust'>;

export function listProfiles(ports: Ports): Promise<ProfileRow[]> {
  return Promise.all(ports.profiles.list().map((profile) => toRow(ports, profile)));
}

async function toRow({ programs, confirmed }: Ports, profile: Profile): Promise<ProfileRow> {
  const { name, title, program, hint, needsCommand, prompt, origin } = profile;
  const unconfirmed = unconfirmedOf(profile, confirmed);
  // Before it is confirmed, not even whether its program is there is looked up.
  const isThere = unconfirmed === undefined && program !== undefined;
  return {
    ...{ name, title, program, hint, needsCommand, origin },
    takesPrompt: prompt !== 'none',
    resumes: resumesOf(profile),
    installed: isThere ? await canStart(programs, program) : true,
    ...(unconfirmed && { unconfirmed }),
  };
}

function resumesOf({ conversationId, continuesLast }: Profile): ProfileRow['resumes'] {
  if (conversationId !== 'none') return 'by-id';
  return continuesLast ? 'last-in-folder' : 'never';
}

async function canStart(
  { find, isRelative }: AgentsPorts['programs'],
  program: string,
): Promise<boolean> {
  // Each worktree has its own, or none.
  if (isRelative(program)) return true;
  const found = await find(program).catch(() => undefined);
  return found !== undefined;
}

/** Kept in the user's own data: a log that came with a copied repository confirms nothing. Safe to do again. */
export async function prepareTrust(
  { profiles, confirmed }: Ports,
  { profile: name, hash }: Trust,
): Promise<Result<string>> {
  const { confirm } = profileOf(profiles, name);
  if (confirm === undefined || confirm.hash !== hash)
    return refuse('PROFILE_CHANGED', { profile: name });
  confirmed.add(hash);
  return ok(confirm.commandLine);
}

export function decideTrust(
  _ctx: unknown,
  data: Trust,
  commandLine: string,
): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'profile.trusted', { ...data, commandLine })]);
}
