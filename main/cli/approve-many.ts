/** `musher approve-many`: what became of each, and an exit code that says whether all were approved. */
import type { Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { exitCodes } from './exit-codes.ts';

export const approveManyConvenience: Convenience = {
  async run({ session, capability, data }) {
    const result = await session.client.command(capability.type, data);
    await session.print(capability.type, result);
    const { results } = await readResult('approval.approve_many', result);
    return results.some(({ error }) => error !== undefined) ? exitCodes.failed : exitCodes.ok;
  },
};
