/** `musher agent status`: what the status is made of, then what of its limits is used and where the agent is stuck. */
import type { Convenience } from './capability-run.ts';
import { exitCodes } from './exit-codes.ts';
import { formatResult } from './format/format-result.ts';

export const statusConvenience: Convenience = {
  async run({ session, capability, data }) {
    const { type } = capability;
    const status = await session.client.query(type, data);
    const watch = await session.client.query('agent.watch', { agent: data.agent });
    await session.printEither({ ...(status as object), watch }, async () => {
      const view = session.view();
      const said = await formatResult({ type: 'agent.watch', result: watch }, view);
      return `${await formatResult({ type, result: status }, view)}\n\n${said}`;
    });
    return exitCodes.ok;
  },
};
