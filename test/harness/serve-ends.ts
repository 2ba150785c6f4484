// What is looked at on both sides of the end of a Musher.

import type { Serving } from './serve.ts';

/** Resolves when the stream is open, with a promise of how it ends. */
export async function openEvents(
  serving: Pick<Serving, 'url' | 'operatorToken'>,
): Promise<{ readonly ended: Promise<string> }> {
  const answer = await fetch(`${serving.url}/v1/events?after=0`, {
    headers: { authorization: `Bearer ${serving.operatorToken}` },
  });
  const ended = answer.text().then(
    () => 'ended',
    (error: unknown) => `broke: ${String(error)}`,
  );
  return { ended };
}

export async function messagesOf(serving: Serving): Promise<string[]> {
  const { messages } = await serving.operator.query<{ messages: { body: string }[] }>(
    'message.list',
  );
  return messages.map(({ body }) => body);
}
