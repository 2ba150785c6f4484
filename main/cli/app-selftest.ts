/** `musher selftest`: whether this installation does its work on this machine, step by step. */
import type { Command } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { oneLine } from './format/plain-text.ts';
import type { Style } from './format/view.ts';
import { appGroup } from './help.ts';
import type { Io, SelfTested } from './io.ts';
import { openSession } from './session.ts';

type Step = SelfTested['steps'][number];

export function declareSelfTest(
  program: Command,
  { io, end }: { readonly io: Io; readonly end: (code: ExitCode) => void },
): void {
  program
    .command('selftest')
    .helpGroup(appGroup)
    .description(
      'Try the whole way of a change in a throwaway repository, with an agent of its own',
    )
    .addHelpText('after', '\nExamples:\n  $ musher selftest\n  $ musher selftest --json')
    .action(async (_flags: unknown, command: Command) => {
      const session = openSession(io, command.optsWithGlobals());
      const { style } = session.view();
      let telling = Promise.resolve();
      const onStep = (step: Step) => {
        telling = telling.then(() => io.stdout.write(`${stepLine(step, style)}\n`));
        telling.catch(() => undefined);
      };
      const signal = io.interrupt();
      const tested = await io.host.selfTest({ signal, ...(!session.isJson && { onStep }) });
      await telling;
      await session.printEither(tested, () => lastLine(tested, style));
      end(codeOf(tested));
    });
}

function codeOf({ ok, isInterrupted }: SelfTested): ExitCode {
  if (isInterrupted) return exitCodes.interrupted;
  return ok ? exitCodes.ok : exitCodes.failed;
}

const titleWidth = 41;

function stepLine({ state, title, tookMs, said }: Step, style: Style): string {
  const paint = { ok: style.green, failed: style.red, skipped: style.dim }[state];
  const time = state === 'skipped' ? '' : seconds(tookMs);
  return `${paint(state.padEnd(9))}${time.padStart(6)}  ${title.padEnd(titleWidth)}${style.dim(oneLine(said))}`;
}

function lastLine({ ok, isInterrupted, steps, tookMs }: SelfTested, style: Style): string {
  if (ok) return style.bold(`All ${steps.length} steps passed, in ${seconds(tookMs)}.`);
  const failed = steps.find(({ state }) => state === 'failed');
  const left = steps.at(-1)?.state === 'ok' ? ' All that was started is ended and removed.' : '';
  if (isInterrupted) return style.bold(`Interrupted.${left}`);
  return style.bold(
    `"${failed?.title}" failed: ${oneLine(failed?.said ?? '').replace(/\.$/, '')}.${left} \`musher doctor\` says what is missing.`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
