/** `musher verify`: by the hub that has the repository open, else from the log file itself. */
import { resolve } from 'node:path';
import type { Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatProof } from './format/log.ts';
import type { LogProof } from './io.ts';
import type { Session } from './session.ts';
import { hasRepositoryOpen } from './status.ts';

export const verifyConvenience: Convenience = {
  declare: (command) =>
    command.option('--repo <folder>', 'Repository whose log is checked, also when no Musher runs'),
  async run({ session, capability, options }): Promise<ExitCode> {
    const repo = typeof options.repo === 'string' ? options.repo : undefined;
    const isServed = await hasRepositoryOpen(session, repo);
    const proof = isServed
      ? await readResult('log.verify', await session.client.query(capability.type, {}))
      : await verifyFile(session, repo);
    await session.printEither(proof, () => formatProof(proof, session.view()));
    return proof.ok ? exitCodes.ok : exitCodes.failed;
  },
};

async function verifyFile({ io, note }: Session, repo: string | undefined): Promise<LogProof> {
  const path = resolve(io.folder, repo ?? '.');
  await note(`No Musher has ${path} open; reading its log file.`);
  return io.host.verifyRepository(path);
}
