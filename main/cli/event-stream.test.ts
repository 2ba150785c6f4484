import { expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './event-stream.ts';

async function eventsIn(chunks: readonly string[]): Promise<StreamEvent[]> {
  async function* body() {
    yield* chunks;
  }
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body())) events.push(event);
  return events;
}

const text =
  ': hello\n\nid: 1\ndata: {"a":\ndata: 1}\n\nevent: x\n\nid:2\r\ndata:ü\r\n\r\nid: 3\ndata: cut';

it('comments and events without data are passed over, and a cut one is no event', async () => {
  expect(await eventsIn([text])).toEqual([
    { id: '1', data: '{"a":\n1}' },
    { id: '2', data: 'ü' },
  ]);
});

it('where the chunks are cut makes no difference', async () => {
  expect(await eventsIn([...text])).toEqual(await eventsIn([text]));
});
