/** `musher stop`: the end of the app, and of its agents when that is asked. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { oneLine } from './format/plain-text.ts';
import { appGroup } from './help.ts';
import type { Io, Stopped } from './io.ts';
import { openSession } from './session.ts';

type StopFlags = Parameters<typeof openSession>[1] & {
  readonly repo?: string;
  readonly agents?: boolean;
};

export function declareStop(
  program: Command,
  { io, end }: { readonly io: Io; readonly end: (code: ExitCode) => void },
): void {
  program
    .command('stop')
    .helpGroup(appGroup)
    .description('Stop the Musher of a repository; its agents go on')
    .option('--repo <folder>', 'Repository that is open (default: this folder)')
    .option('--agents', 'End its agents too, also when no Musher runs')
    .addHelpText('after', '\nExamples:\n  $ musher stop\n  $ musher stop --agents')
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<StopFlags>();
      const session = openSession(io, flags);
      const repo = resolve(io.folder, flags.repo ?? '.');
      const stopped = await io.host.stop({ repo, endAgents: flags.agents === true });
      await session.printEither(stopped, () => toLines(stopped).map(oneLine).join('\n'));
      end(exitCodes.ok);
    });
}

function toLines({ musher, running, ended }: Stopped): string[] {
  return [
    musher ? 'Musher is stopped.' : 'No Musher ran here.',
    ...(ended.length > 0 ? [`Ended: ${ended.join(', ')}.`] : []),
    ...(running.length > 0
      ? [`Still running: ${running.join(', ')}. \`musher stop --agents\` ends them.`]
      : []),
  ];
}
