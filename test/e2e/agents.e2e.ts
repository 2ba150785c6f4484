// The agents view on a real Musher: what each agent's state reads as, and that the grid holds long names.

import { expect, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { expectOnScreen, goTo, openMusher, screenText, terminalOf } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeEach(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => world.dispose());

for (const width of [1440, 1024, 800]) {
  test(`a long name leaves every button in its pane, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const names = ['a-name-of-forty-characters-which-is-most', 'b'];
    for (const name of names) {
      const agent = await world.addAgent(serving, name);
      await agent.command('agent.report', { status: 'working', note: 'a note '.repeat(60) });
      await agent.command('question.ask', { text: 'Which one?' });
    }
    await openMusher(page, serving);
    await goTo(page, '#/agents');
    for (const name of names) {
      const pane = page.getByRole('article', { name, exact: true });
      const { x = 0, width: paneWidth = 0 } = (await pane.boundingBox()) ?? {};
      for (const button of await pane.getByRole('button').all()) {
        const box = await button.boundingBox();
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(x + paneWidth);
      }
      await pane.getByRole('button', { name: `More for ${name}` }).click();
      await page.keyboard.press('Escape');
    }
    const sideways = await page.getByRole('main').evaluate((main) =>
      [main, ...main.querySelectorAll('*')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX))
        .map((one) => one.className),
    );
    expect(sideways).toEqual([]);
  });
}

test('an agent that was stopped here says so, and one that broke off says how and since when', async ({
  page,
}) => {
  await world.addAgent(serving, 'one');
  await openMusher(page, serving);
  await goTo(page, '#/agents');
  const pane = page.getByRole('article', { name: 'one' });
  await pane.getByRole('button', { name: 'Stop one' }).click();
  await expect(pane.getByText('Stopped by you')).toBeVisible();
  await expect(pane.getByText(/SIG/)).toHaveCount(0);
  await serving.operator.command('agent.add', {
    name: 'two',
    profile: 'script',
    command: scriptedAgent('exits.mjs', '3'),
  });
  await untilAgent(serving, 'two', 'stopped');
  await expect(page.getByRole('article', { name: 'two' }).getByText('failed')).toBeVisible();
  const link = page.getByRole('navigation').getByRole('button', { name: /^failed\s*two/ });
  await expect(link.locator('time')).toHaveText(/failed for/);
});

test('a terminal that two pages show answers its program once', async ({ page, context }) => {
  const command = scriptedAgent('echo.mjs');
  await serving.operator.command('agent.add', { name: 'one', profile: 'script', command });
  await untilAgent(serving, 'one', 'running');
  const other = await context.newPage();
  for (const each of [page, other]) {
    await openMusher(each, serving);
    await goTo(each, '#/agents/agent/one');
    await expectOnScreen(terminalOf(each, 'one'), 'ready');
  }
  const [asked, answered, later] = ['?', '.', ','];
  for (const text of [asked, answered, later]) {
    await serving.operator.command('agent.type', { agent: 'one', text, enter: false });
    // Whatever a page has to say to what it shows, it has said.
    for (const each of [page, other])
      await expectOnScreen(terminalOf(each, 'one'), text === asked ? 'c>' : `<${text}>`);
  }
  const said = (await screenText(terminalOf(page, 'one'))).replaceAll(/\s/g, '');
  expect(said.match(/\d+R/g), said).toHaveLength(1);
  expect(said.match(/\dc/g), said).toHaveLength(1);
});

test('what streams on a terminal is heard of, though its agent never reports', async ({ page }) => {
  await serving.operator.command('agent.add', {
    name: 'loud',
    profile: 'script',
    command: [process.execPath, '-e', 'setInterval(() => console.log(process.uptime()), 200)'],
  });
  await openMusher(page, serving);
  const link = page.getByRole('navigation').getByRole('button', { name: /loud/ });
  await expect(link.locator('time')).toHaveText(/last heard/, { timeout: 15_000 });
});
