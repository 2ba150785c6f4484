/** Triggers on a hub in memory: how they are added, what they said, and what waits for the operator because of them. */
import type { TriggerRecord } from '../../preload/contract/trigger-facts.ts';
import { type Box, openBox } from './hub.ts';
import { type World, world } from './hub-ports.ts';

export interface OpenedTriggers {
  readonly box: Box;
  readonly outside: World['outside'];
}

export async function openTriggers(): Promise<OpenedTriggers> {
  const { features, outside } = world();
  const box = await openBox({ features });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  return { box, outside };
}

export const onStory = { on: ['story.added'] };
export const tell = (text: string) => ({
  command: 'message.send',
  data: { to: 'a', body: text },
});
export const add = (box: Box, data: object) => box.dispatch('trigger.add', data);
export const story = (box: Box, title = 'x') => box.dispatch('story.add', { title });
export const all = async (box: Box) =>
  ((await box.ask('trigger.list')) as { triggers: TriggerRecord[] }).triggers;
export const one = async (box: Box, id = 'tr-1') => (await all(box)).find((each) => each.id === id);
/** What was said to the agent, by what was done for triggers. */
export const said = (box: Box) =>
  box.store
    .page({ after: 0, limit: 100_000 })
    .filter(({ type, actor }) => type === 'message.sent' && actor === 'operator')
    .map(({ data }) => (data as { body: string }).body);
export const types = (box: Box) =>
  box.store
    .page({ after: 0, limit: 100_000 })
    .map(({ type }) => type)
    .filter((type) => type.startsWith('trigger.'));
export async function waiting(box: Box): Promise<string[]> {
  const { items } = (await box.ask('inbox.list')) as {
    items: Array<{ id: string; title: string }>;
  };
  return items.filter(({ id }) => id.startsWith('trigger/')).map(({ title }) => title);
}

export async function drained(box: Box): Promise<void> {
  const done = box.hub.drain();
  await box.settle();
  await done;
}
