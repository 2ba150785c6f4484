/** `musher recording export`: page after page, to stdout or to a file that is there only when it is whole. */
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { reasonOf } from '../base/result.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';

type Write = (text: string) => Promise<unknown>;

/** Not by `import`, which looks at every export: some load more. */
const files = () => process.getBuiltinModule('node:fs/promises');
const paths = () => process.getBuiltinModule('node:path');

export const exportConvenience: Convenience = {
  declare: (command) =>
    command.option(
      '--output <file>',
      'Write to this file instead of stdout; one that is there is replaced',
    ),
  async run(run): Promise<ExitCode> {
    const { io, printEither } = run.session;
    if (typeof run.options.output !== 'string') {
      await exportTo(run, (text) => io.stdout.write(text));
      return exitCodes.ok;
    }
    const file = paths().resolve(io.folder, run.options.output);
    const bytes = await exportToFile(run, file);
    await printEither({ file, bytes }, () => `Exported ${bytes} bytes to ${run.options.output}.`);
    return exitCodes.ok;
  },
};

async function exportTo({ session, capability, data }: CapabilityRun, write: Write): Promise<void> {
  let from = data.from;
  do {
    const page = await session.client.query(capability.type, { ...data, from });
    const { text, next } = await readResult('recording.export', page);
    await write(text);
    from = next;
  } while (from !== undefined);
}

async function exportToFile(run: CapabilityRun, file: string): Promise<number> {
  const { open, rename, rm } = files();
  const part = `${file}.part`;
  const handle = await open(part, 'w', 0o600).catch((error: unknown) => {
    throw usageError(`--output cannot be written: ${reasonOf(error)}`, 'recording export');
  });
  let bytes = 0;
  try {
    await exportTo(run, async (text) => {
      await handle.appendFile(text);
      bytes += Buffer.byteLength(text);
    });
    await handle.close();
    await rename(part, file);
    return bytes;
  } catch (error) {
    await handle.close();
    await rm(part, { force: true });
    throw error;
  }
}
