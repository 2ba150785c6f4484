/** `musher gateway token`, and what all capabilities of a gateway have in common: a project has none of them. */
import { registerTokenPrefix } from '../../preload/contract/say-gateway.ts';
import { MusherError, musherError } from '../base/result.ts';
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { exitCodes } from './exit-codes.ts';
import { formatRegisterToken } from './format/gateway.ts';
import { checkInput } from './input.ts';
import { makeToken, offerHash } from './join-token.ts';
import { plainly } from './plainly.ts';

/** The token is made here and shown once; what is sent is its hash, so the gateway never has it. */
const tokenConvenience: Convenience = {
  checksEach: true,
  declare: offerHash,
  async run(run) {
    const { session, capability } = run;
    const made = run.data.hash === undefined ? makeToken(registerTokenPrefix) : undefined;
    const data = { ...run.data, ...(made && { hash: made.hash }) };
    await checkInput(run, data);
    if (made === undefined) return plainly.run({ ...run, data });
    const result = await session.client.command(capability.type, data);
    const row = await readResult('project.invite', result);
    const { token } = made;
    await session.printEither({ token, ...row }, () =>
      formatRegisterToken({ token, port: session.port, ...row }, session.view()),
    );
    return exitCodes.ok;
  },
};

function atGateway(convenience: Convenience): Convenience {
  return {
    ...convenience,
    async run(run: CapabilityRun) {
      try {
        return await convenience.run(run);
      } catch (error) {
        const isElsewhere = error instanceof MusherError && error.wire.code === 'NOT_FOUND';
        throw isElsewhere ? musherError('GATEWAY_WANTED', {}, error) : error;
      }
    },
  };
}

export const gatewayConveniences: ReadonlyArray<[string, Convenience]> = [
  ['project.invite', atGateway(tokenConvenience)],
  ['project.uninvite', atGateway(plainly)],
  ['project.rename', atGateway(plainly)],
  ['project.remove', atGateway(plainly)],
  ['project.list', atGateway(plainly)],
];
