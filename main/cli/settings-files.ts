/** `musher settings export --file` and `import --file`: a document of settings, in a file. What would change is shown before it is done. */
import { reasonOf } from '../base/result.ts';
import type { Convenience } from './capability-run.ts';
import { readResult } from './checks.ts';
import { requireAnswerer, requireYes } from './confirm.ts';
import { exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import { oneLine } from './format/plain-text.ts';
import { plainly } from './plainly.ts';

/** Not by `import`, which looks at every export: some load more. */
const files = () => process.getBuiltinModule('node:fs/promises');
const paths = () => process.getBuiltinModule('node:path');

/** More is refused by the hub anyway. */
const mostBytes = 300_000;

export const exportSettings: Convenience = {
  declare: (command) =>
    command.option(
      '--file <path>',
      'Write to this file instead of stdout; none that is there is replaced',
    ),
  async run({ session, capability, data, options }) {
    const answer = await session.client.query(capability.type, data);
    const document = await readResult('settings.export', answer);
    const { leftOut } = document;
    const { file } = options;
    if (typeof file !== 'string') {
      await session.print(capability.type, document);
      return exitCodes.ok;
    }
    const path = paths().resolve(session.io.folder, file);
    await files()
      .writeFile(path, `${JSON.stringify(document, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 })
      .catch((error: unknown) => {
        const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
        const reason = isThere ? 'it is there already; name another file' : reasonOf(error);
        throw usageError(`${file} cannot be written: ${reason}.`, 'settings export');
      });
    const left = leftOut.map(oneLine).join(', ');
    const note = left === '' ? '' : ` Left out, as they may be secret: ${left}.`;
    await session.printEither({ file: path, leftOut }, () => `Exported to ${file}.${note}`);
    return exitCodes.ok;
  },
};

export const importSettings: Convenience = {
  checksEach: true,
  declare(command) {
    command.option('--file <path>', 'Take the document from this file');
    command.option('--yes', 'Do not ask before it is done');
  },
  async run(run) {
    const { session, capability, data, options } = run;
    // Whoever says what was seen has seen it.
    if (data.seen !== undefined) return plainly.run(run);
    const { file } = options;
    const document =
      typeof file === 'string'
        ? await readText(paths().resolve(session.io.folder, file), file)
        : data.document;
    const preview = await session.client.query('settings.preview', { document });
    const plan = await readResult('settings.preview', preview);
    if (plan.changes.length > 0 && options.yes !== true) {
      const lines = plan.changes.map(
        ({ key, from, to }) => `  ${key}: ${from ?? 'not set'} -> ${to}`,
      );
      const warning = [`${plan.path} is changed:`, ...lines].join('\n');
      // Who cannot be asked is told all the same.
      if (session.io.stdin.isTTY !== true) await session.note(warning);
      requireAnswerer(session, 'settings import');
      await requireYes(session, { command: 'settings import', warning });
    }
    const result = await session.client.command(capability.type, { document, seen: plan.hash });
    await session.print(capability.type, result);
    return exitCodes.ok;
  },
};

async function readText(path: string, named: string): Promise<string> {
  try {
    const info = await files().stat(path);
    // A pipe would be waited for.
    if (!info.isFile()) throw new Error('it is no plain file');
    if (info.size > mostBytes) throw new Error(`it has ${info.size} bytes, more than ${mostBytes}`);
    return await files().readFile(path, 'utf8');
  } catch (error) {
    throw usageError(`${named} cannot be read: ${reasonOf(error)}.`, 'settings import');
  }
}
