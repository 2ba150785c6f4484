/**
 * `musher usage --payload`: for a CLI's status line. Reads the JSON that it hands over, tells what it says of cost and context, and
 * prints the line that is shown; it ends well whatever happens.
 */
import type { CapabilityRun, Convenience } from './capability-run.ts';
import { exitCodes } from './exit-codes.ts';
import { plainly } from './plainly.ts';
import { readStdin } from './stdin.ts';

export const usageConvenience: Convenience = {
  declare: (command) =>
    command.option('--payload', 'Read a status line’s JSON from stdin, and print a line for it'),
  async run(run) {
    if (run.options.payload !== true) return plainly.run(run);
    await tellQuietly(run);
    return exitCodes.ok;
  },
};

async function tellQuietly({ session }: CapabilityRun): Promise<void> {
  try {
    const told = readStatusLine(await readStdin(session.io.stdin));
    const { costUsd, contextTokens } = told;
    const words = [
      ...(costUsd === undefined ? [] : [`$${costUsd.toFixed(2)}`]),
      ...(contextTokens === undefined ? [] : [`${Math.round(contextTokens / 1_000)}k tokens`]),
    ];
    await session.io.stdout.write(`${words.join('  ')}\n`);
    if (words.length > 0) await session.client.command('agent.usage', told);
  } catch {
    // Musher is away, or knows this agent no more: its CLI goes on.
  }
}

export interface Usage {
  readonly costUsd?: number;
  readonly contextTokens?: number;
}

/** As Claude Code has it: `cost.total_cost_usd`, `context_window.current_usage`. What is not there is not told. */
export function readStatusLine(text: string): Usage {
  const payload = fieldsIn(parse(text));
  const cost = amountIn(fieldsIn(payload.cost).total_cost_usd);
  const context = tokensIn(fieldsIn(payload.context_window).current_usage);
  return {
    ...(cost !== undefined && { costUsd: cost }),
    ...(context !== undefined && { contextTokens: context }),
  };
}

/** What the next turn is asked with: all that was read, and what was said. */
export function tokensIn(usage: unknown): number | undefined {
  const fields = fieldsIn(usage);
  const read = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'];
  const parts = [...read, 'output_tokens'].map((name) => amountIn(fields[name]));
  if (parts.every((part) => part === undefined)) return undefined;
  return Math.round(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0));
}

const mostAmount = 1_000_000;

function amountIn(value: unknown): number | undefined {
  const isAmount = typeof value === 'number' && Number.isFinite(value);
  return isAmount && value >= 0 ? Math.min(value, mostAmount * 100) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
