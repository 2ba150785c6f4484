/** `--wait` for commands whose outcome comes later. */
import { type Command, InvalidArgumentError } from 'commander';
import { durationHint, parseDuration } from './durations.ts';

export function declareWait(command: Command, whatFor: string): void {
  command.option('--wait <duration>', `Wait for ${whatFor} (${durationHint})`, requireDuration);
}

export function requireDuration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError(`Expected a duration: ${durationHint}.`);
  return ms;
}
