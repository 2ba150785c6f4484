/** `musher join-token`: the token is made here and shown once; what is sent is its hash, so the hub never has it. */
import type { Command } from 'commander';
import { joinTokenPrefix } from '../../preload/contract/say-join.ts';
import type { Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { exitCodes } from './exit-codes.ts';
import { formatJoinToken } from './format/cluster.ts';
import { checkInput } from './input.ts';
import { plainly } from './plainly.ts';

/** The hash is checked after it was made. Whoever names one has a token already. */
export const joinTokenConvenience: Convenience = {
  checksEach: true,
  declare: offerHash,
  async run(run) {
    const { session, capability } = run;
    const made = run.data.hash === undefined ? makeToken(joinTokenPrefix) : undefined;
    const data = { ...run.data, ...(made && { hash: made.hash }) };
    await checkInput(run, data);
    if (made === undefined) return plainly.run({ ...run, data });
    // Before there is a token that a failure would lose.
    const { nodesAt } = await readResult('node.list', await session.client.query('node.list', {}));
    const result = await session.client.command(capability.type, data);
    const invite = await readResult('node.invite', result);
    const { token } = made;
    const { invite: id, expiresMs } = invite;
    await session.printEither({ token, invite: id, expiresMs }, () =>
      formatJoinToken({ token, port: session.port, nodesAt, ...invite }, session.view()),
    );
    return exitCodes.ok;
  },
};

export function offerHash(command: Command): void {
  const hash = command.options.find(({ long }) => long === '--hash');
  hash?.makeOptionMandatory(false);
  if (hash) hash.description = `Of a token that you made yourself: ${hash.description}`;
}

export function makeToken(prefix: string): { token: string; hash: string } {
  // Not by `import`, which looks at every export: some load more.
  const { createHash, randomBytes } = process.getBuiltinModule('node:crypto');
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, hash: createHash('sha256').update(token).digest('hex') };
}
