/** Subcommands that are no capability: starting the app, its status, help and completion. */
import type { Command } from 'commander';
import { completionScript, shells } from './completion.ts';
import { declareGateway } from './app-gateway.ts';
import { declareNode } from './app-node.ts';
import { declareOpen, declareServe } from './app-start.ts';
import { declareSelfTest } from './app-selftest.ts';
import { declareStop } from './app-stop.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { tokenMissing, usageError } from './failures.ts';
import { appGroup, helpTopics } from './help.ts';
import type { Io } from './io.ts';
import { bridgeMcp } from './mcp.ts';
import { openSession } from './session.ts';
import { statusCommand } from './status.ts';
import { targetFrom } from './target.ts';

interface AppBuild {
  readonly io: Io;
  readonly out: (text: string) => void;
  readonly end: (code: ExitCode) => void;
}

export function declareApp(program: Command, build: AppBuild): void {
  declareServe(program, build);
  declareOpen(program, build);
  declareNode(program, build);
  declareGateway(program, build);
  declareStop(program, build);
  declareStatus(program, build);
  declareSelfTest(program, build);
  declareMcp(program, build);
  declareCompletion(program, build);
  declareHelp(program, build);
}

function declareStatus(program: Command, { io, end }: AppBuild): void {
  program
    .command('status')
    .helpGroup(appGroup)
    .description('Show which repository is open, since when, and its agents')
    .action(async (_flags: unknown, command: Command) =>
      end(await statusCommand(openSession(io, command.optsWithGlobals()))),
    );
}

function declareMcp(program: Command, { io, end }: AppBuild): void {
  program
    .command('mcp')
    .helpGroup(appGroup)
    .description('Speak MCP over stdin and stdout, for clients that cannot over HTTP (/mcp)')
    .action(async (_flags: unknown, command: Command) => {
      const target = targetFrom(io.env, command.optsWithGlobals());
      if (target.token === undefined && !target.isCapability) throw tokenMissing();
      end(await bridgeMcp(io, target));
    });
}

function declareCompletion(program: Command, { out, end }: AppBuild): void {
  program
    .command('completion')
    .helpGroup(appGroup)
    .description('Print the completion script for a shell')
    .argument('<shell>', shells.join(', '))
    .addHelpText(
      'after',
      '\nExamples:\n  $ source <(musher completion bash)\n  $ musher completion fish | source',
    )
    .action((shell: string) => {
      const script = completionScript(shell, program);
      if (script === undefined) {
        throw usageError(
          `There is no completion for "${shell}"; expected one of ${shells.join(', ')}.`,
          'completion',
        );
      }
      out(script);
      end(exitCodes.ok);
    });
}

function declareHelp(program: Command, { out, end }: AppBuild): void {
  program
    .command('help')
    .description('Show help for a command or a topic')
    .argument('[words...]', `A command, or one of ${Object.keys(helpTopics).join(', ')}`)
    .action((words: string[]) => {
      const topic = helpTopics[words.join(' ')];
      out(topic === undefined ? requireCommand(program, words).helpInformation() : `${topic()}\n`);
      end(exitCodes.ok);
    });
}

function requireCommand(program: Command, words: readonly string[]): Command {
  return words.reduce((parent, word) => {
    const child = parent.commands.find((one) => one.name() === word);
    if (child === undefined) throw usageError(`There is no command "${words.join(' ')}".`);
    return child;
  }, program);
}
