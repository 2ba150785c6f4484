// What is said between the operator and an agent, on a real Musher.

import { expect, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;

test.beforeEach(async () => {
  world = await makeServeWorld();
});
test.afterEach(() => world.dispose());

test('each message to an agent tells how far it got, while one looks', async ({ page }) => {
  const serving = await world.serve();
  const agent = await world.addAgent(serving, 'one');
  const say = (body: string) => serving.operator.command('message.send', { to: 'one', body });
  await say('the first');
  await openMusher(page, serving);
  await goTo(page, '#/messages/agent/one');
  const message = (body: string) => page.getByRole('article').filter({ hasText: body });
  await expect(message('the first')).toContainText('Waits in its inbox');
  const { cursor } = await agent.query<{ cursor: number }>('inbox.read');
  await expect(message('the first')).toContainText('Delivered');
  await agent.command('inbox.ack', { upTo: cursor });
  await expect(message('the first')).toContainText('Acknowledged');
  await say('the second');
  await agent.query('inbox.read');
  await expect(message('the second')).toContainText('Delivered');
  await serving.operator.command('agent.restart', { agent: 'one' });
  await expect(message('the second')).toContainText('Comes again');
  await expect(message('the first')).toContainText('Acknowledged');
});
