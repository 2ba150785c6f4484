/** Lines of a stream of bytes or text, however it is cut. */

/** A longer one is no message of anybody; what came of it is dropped. */
const maxChars = 8 * 1024 * 1024;

export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of stream) {
    rest += typeof part === 'string' ? part : decoder.decode(part, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > maxChars) rest = '';
  }
  if (rest !== '') yield rest;
}
