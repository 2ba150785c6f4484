/** Server-sent events, as far as the hub uses them: `id`, `data`, and comments that keep the line alive. */

export interface StreamEvent {
  readonly id: string;
  readonly data: string;
}

/** One event is never longer; more means that the other side is no Musher. */
const maxEventChars = 8 * 1024 * 1024;

export async function* readEvents(body: AsyncIterable<string>): AsyncGenerator<StreamEvent> {
  let rest = '';
  for await (const text of body) {
    const blocks = (rest + text).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event !== undefined) yield event;
    }
    if (rest.length > maxEventChars) return;
  }
}

function parseBlock(block: string): StreamEvent | undefined {
  let id = '';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value] = /^(id|data): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') id = value ?? '';
    if (field === 'data') data.push(value ?? '');
  }
  return data.length === 0 ? undefined : { id, data: data.join('\n') };
}
