/** Asking the person before something is done that cannot be taken back here. Programs say --yes. */
import { plainText } from './format/plain-text.ts';
import { usageError } from './failures.ts';
import type { Session } from './session.ts';

/** Throws where there is nobody who could answer. */
export function requireAnswerer({ io }: Session, command: string): void {
  if (io.stdin.isTTY === true && io.stderr.isTTY) return;
  throw usageError('It asks first, and there is no terminal to ask on: say --yes.', command);
}

/** Says what will happen and asks; anything but yes is a no, and throws. */
export async function requireYes(
  { io }: Session,
  { command, warning }: { readonly command: string; readonly warning: string },
): Promise<void> {
  await io.stderr.write(`${plainText(warning)}\nGo on? [y/N] `);
  const answer = await firstLine(io.stdin);
  if (!/^y(es)?$/i.test(answer.trim())) throw usageError('Nothing was done.', command);
}

const longestAnswer = 1_000;

async function firstLine(stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    if (text.includes('\n') || text.length > longestAnswer) break;
  }
  return text.split('\n')[0] ?? '';
}
