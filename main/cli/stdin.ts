/** Text from stdin, for a positional or flag that is `-`. */
import { usageError } from './failures.ts';

/** What a request may hold at most; more would only be refused by the hub. */
export const maxStdinBytes = 1024 * 1024;

/** All of it, without the newline that `echo` and heredocs put at the end. */
export async function readStdin(stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > maxStdinBytes) {
      throw usageError(
        `stdin holds more than ${maxStdinBytes} bytes; put it into a file and send its path.`,
      );
    }
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks)).replace(/\r?\n$/, '');
}
