/** Once, before anything is started: programs that an app from the dock starts get what a terminal would have given them. */
import { environmentOf, needsLoginEnvironment } from '../adapters/login-environment.ts';
import { shellOf } from '../adapters/programs.ts';
import type { Logger } from '../base/logger.ts';

/** A start-up file that waits for somebody holds up no start, milliseconds. */
const boundMs = 5_000;

/** Where it cannot be had, it stays as it is, and the log says why. Never rejects. */
export async function takeLoginEnvironment(log: Logger): Promise<void> {
  const { env, platform } = process;
  if (!needsLoginEnvironment(env, platform)) return;
  const shell = shellOf({ env, platform });
  const { signal } = new AbortController();
  const said = await environmentOf({ shell, env, boundMs, signal });
  if (said.kind === 'read') Object.assign(env, said.env);
  else log.warn({ shell, said }, 'the environment of the login shell is not known');
}
