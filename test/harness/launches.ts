// How a built-in profile is launched.

import type { Launch, LaunchAsk } from '../../main/features/agents/ports.ts';
import { profilesOf } from '../../main/features/agents/profiles.ts';

export const mcp = { url: 'http://127.0.0.1:9119/mcp' };

export function launchOf(name: string, ask: Partial<LaunchAsk> = {}): Launch {
  const profile = profilesOf('sh').get(name);
  if (profile === undefined) throw new Error(`there is no profile ${name}`);
  return profile.launch({ agent: 'a', conversation: { how: 'new' }, folder: '/data/a', ...ask });
}

export const argsOf = (name: string, ask?: Partial<LaunchAsk>) => launchOf(name, ask).args;
