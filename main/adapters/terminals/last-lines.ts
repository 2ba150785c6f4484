/** What a terminal shows last, as text for the log: bounded, and without what looks like a secret. */
import { gateTailLimits } from '../../../preload/contract/gates.ts';
import type { Terminals } from '../../features/terminals/ports.ts';
import { maskSecrets } from '../../terminal-host/recording/secrets.ts';

/** Of a running terminal, or one that ended and left a screen; none where nothing is left. Never throws. */
export function lastLinesOf(
  terminals: Pick<Terminals, 'text'>,
): (terminalId: string) => Promise<readonly string[]> {
  return async (terminalId) => {
    const shown = await terminals.text(terminalId).catch(() => undefined);
    return shown === undefined ? [] : toLines(shown.text);
  };
}

function toLines(text: string): string[] {
  const { lines: most, chars } = gateTailLimits;
  const lines = maskSecrets(text)
    .split('\n')
    .map((line) => line.trimEnd().slice(0, chars));
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1).slice(-most);
}
