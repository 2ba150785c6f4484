/** What most capabilities do on the command line: send, and print what comes back. */
import type { Convenience } from './capability-run.ts';
import { exitCodes } from './exit-codes.ts';

export const plainly: Convenience = {
  async run({ session, capability, data, waitMs }) {
    const { client } = session;
    const result =
      capability.kind === 'command'
        ? await client.command(capability.type, data)
        : await client.query(capability.type, data, waitMs);
    await session.print(capability.type, result);
    return exitCodes.ok;
  },
};
