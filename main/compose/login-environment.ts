/** Once, before anything is started: programs that an app from the dock starts get what a terminal would have given them. */
import { readLoginEnvironment } from '../adapters/login-environment.ts';
import { shellOf } from '../adapters/programs.ts';
import type { Logger } from '../base/logger.ts';

/** Where it cannot be had, it stays as it is, and the log says why. Never rejects. */
export async function takeLoginEnvironment(log: Logger): Promise<void> {
  const { env, platform } = process;
  const shell = shellOf({ env, platform });
  const found = await readLoginEnvironment({ env, platform, shell });
  if (found.kind === 'read') Object.assign(env, found.env);
  else if (found.kind === 'failed')
    log.warn({ reason: found.reason }, 'the environment of the login shell is not known');
}
