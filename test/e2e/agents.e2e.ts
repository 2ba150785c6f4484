// The agents view on a real Musher: what each agent's state reads as, and that the grid holds long names.

import { expect, type Locator, type Page, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { endAgents, makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import { cases } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import {
  addAgent,
  expectOnScreen,
  holdableHub,
  goTo,
  openMusher,
  screenText,
  terminalOf,
} from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => endAgents(world, serving));
test.afterAll(() => world.dispose());

test('a long name leaves every button in its pane, at any width', async ({ page }) => {
  const names = ['a-name-of-forty-characters-which-is-most', 'b'];
  for (const name of names) {
    const agent = await world.addAgent(serving, name);
    await agent.command('agent.report', { status: 'working', note: 'a note '.repeat(60) });
    await agent.command('question.ask', { text: 'Which one?' });
  }
  await openMusher(page, serving);
  await goTo(page, '#/agents');
  for (const width of cases([800], [1440, 1024])) {
    await page.setViewportSize({ width, height: 800 });
    for (const name of names) await expectButtonsInside(page, name);
    const sideways = await page.getByRole('main').evaluate((main) =>
      [main, ...main.querySelectorAll('*')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX))
        .map((one) => one.className),
    );
    expect(sideways, `at ${width} px`).toEqual([]);
  }
});

async function expectButtonsInside(page: Page, name: string): Promise<void> {
  const pane = page.getByRole('article', { name, exact: true });
  // What can be done with it is shown under the pointer.
  await pane.hover();
  const end = async (of: Locator) => {
    const { x = 0, width = 0 } = (await of.boundingBox()) ?? {};
    return x + width;
  };
  for (const button of await pane.getByRole('button').all())
    expect(await end(button)).toBeLessThanOrEqual(await end(pane));
  await pane.getByRole('button', { name: `More for ${name}` }).click();
  await page.keyboard.press('Escape');
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
  const age = link.locator('time');
  await expect(age).toHaveText(/last heard/, { timeout: 15_000 });
  const first = await age.getAttribute('datetime');
  await expect(age).not.toHaveAttribute('datetime', first ?? '', { timeout: 15_000 });
});

test('a place in a file is opened by Ctrl+click: the change that has it, else it is copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const one = await world.addAgent(serving, 'one');
  const files = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n' };
  const commit = await world.repository.commit('Add two', files, one.worktree);
  await one.command('approval.request', { commit });
  // The terminal echoes it.
  await serving.operator.command('agent.type', { agent: 'one', text: 'src/b.ts:1:2 lib/c.ts(7)' });
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/one');
  await expectOnScreen(terminalOf(page, 'one'), 'lib/c.ts(7)');
  await clickText(terminalOf(page, 'one'), 'lib/c.ts', ['Control']);
  const place = `${one.worktree}/lib/c.ts:7`;
  await expect(page.getByText(`Copied ${place}`)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(place);
  await clickText(terminalOf(page, 'one'), 'src/b.ts', []);
  await expect(page).toHaveURL(/agent\/one$/);
  await clickText(terminalOf(page, 'one'), 'src/b.ts', ['Control']);
  await expect(page).toHaveURL(/review\/approval\/[^/]+\/src\/b\.ts$/);
  const tree = page.getByRole('list', { name: 'Changed files' });
  await expect(tree.locator('[aria-current="true"]')).toContainText('b.ts');
});

/** Where the text stands in a terminal that draws as text. */
async function clickText(
  terminal: Locator,
  text: string,
  modifiers: readonly 'Control'[],
): Promise<void> {
  const row = terminal.locator('.xterm-rows > div').filter({ hasText: text }).first();
  const at = await row.evaluate((element, wanted) => {
    const whole = element.textContent ?? '';
    const { left, top } = element.getBoundingClientRect();
    const [line] = element.children;
    const { width = 0 } = line?.getBoundingClientRect() ?? {};
    const cell = width / (line?.textContent?.length ?? 1);
    return { left, top, x: (whole.indexOf(wanted) + wanted.length / 2) * cell };
  }, text);
  const page = terminal.page();
  await page.mouse.move(at.left + at.x, at.top + 4);
  await page.mouse.move(at.left + at.x + 2, at.top + 6);
  await expect(terminal.locator('.xterm-cursor-pointer')).toBeVisible();
  for (const key of modifiers) await page.keyboard.down(key);
  await page.mouse.down();
  await page.mouse.up();
  for (const key of modifiers) await page.keyboard.up(key);
}

/** An agent that shows what it is typed. */
async function addEcho(name: string): Promise<void> {
  const command = scriptedAgent('echo.mjs');
  await serving.operator.command('agent.add', { name, profile: 'script', command });
  await untilAgent(serving, name, 'running');
}

const strip = (page: Page) => page.getByRole('listbox', { name: 'Agents' });
const selected = (page: Page) => strip(page).getByRole('option', { selected: true });

/** What each program was typed, proven by a mark that is typed after it by another way. */
async function typedInto(page: Page, name: string): Promise<string> {
  await serving.operator.command('agent.type', { agent: name, text: 'mark', enter: false });
  await expectOnScreen(terminalOf(page, name), '<mark>');
  return (await screenText(terminalOf(page, name))).replace('<mark>', '');
}

test('what is typed right after Create reaches no program', async ({ page }) => {
  await openMusher(page, serving);
  await goTo(page, '#/agents');
  const command = scriptedAgent('echo.mjs');
  await addAgent(page, { name: 'one', profile: 'Script', command });
  await page.keyboard.type('xx');
  await expectOnScreen(terminalOf(page, 'one'), 'ready');
  await page.keyboard.type('xx');
  await expect(strip(page)).toBeFocused();
  expect(await typedInto(page, 'one')).not.toContain('<x');
});

for (const layout of cases(['in the grid'], ['alone']))
  test(`going from agent to agent types nothing, ${layout}`, async ({ page }) => {
    for (const name of ['one', 'two']) await addEcho(name);
    await openMusher(page, serving);
    await goTo(page, layout === 'alone' ? '#/agents/agent/one' : '#/agents');
    await expectOnScreen(terminalOf(page, 'one'), 'ready');
    for (const name of ['two', 'one', 'two']) {
      await page.keyboard.press(']');
      await expect(selected(page)).toContainText(name);
      await expectOnScreen(terminalOf(page, name), 'ready');
      await expect(strip(page)).toBeFocused();
    }
    expect(await typedInto(page, 'two')).not.toContain('<]>');
    await page.keyboard.press('[');
    expect(await typedInto(page, 'one')).not.toMatch(/<[[\]]>/);
  });

for (const layout of cases(['alone'], ['in the grid']))
  test(`a terminal is entered, left, and gone on from by keys of its own, ${layout}`, async ({
    page,
  }) => {
    for (const name of ['one', 'two']) await addEcho(name);
    await openMusher(page, serving);
    await goTo(page, layout === 'alone' ? '#/agents/agent/one' : '#/agents');
    await expectOnScreen(terminalOf(page, 'one'), 'ready');
    await page.keyboard.press('Enter');
    await page.keyboard.type('a');
    await expectOnScreen(terminalOf(page, 'one'), '<a>');
    const pane = page.getByRole('article', { name: 'one' });
    await expect(pane.getByText('leave')).toBeVisible();
    await page.keyboard.press('Control+Shift+ArrowDown');
    await expect(terminalOf(page, 'two').getByRole('textbox')).toBeFocused();
    await page.keyboard.type('b');
    await expectOnScreen(terminalOf(page, 'two'), '<b>');
    await page.keyboard.press('Control+Shift+ArrowUp');
    await expect(terminalOf(page, 'one').getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Control+Shift+L');
    await expect(strip(page)).toBeFocused();
    await page.keyboard.type('cc');
    expect(await typedInto(page, 'one')).not.toMatch(/<c>|\f|<.l>/i);
  });

test('what is typed while a terminal is still opening reaches its program', async ({ page }) => {
  const hub = await holdableHub(page);
  for (const name of ['one', 'two']) await addEcho(name);
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/one');
  await expectOnScreen(terminalOf(page, 'one'), 'ready');
  await page.keyboard.press('Enter');
  hub.hold();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect(terminalOf(page, 'two').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('b');
  hub.release();
  await expectOnScreen(terminalOf(page, 'two'), '<b>');
});

test('something has the keyboard in every state of the agents view and the inbox', async ({
  page,
}) => {
  const hasIt = () => page.evaluate(() => document.activeElement !== document.body);
  await openMusher(page, serving);
  for (const hash of ['#/inbox', '#/agents', '#/agents/agent/nobody']) {
    await goTo(page, hash);
    await expect.poll(hasIt, { message: hash }).toBe(true);
  }
  await addEcho('one');
  await goTo(page, '#/inbox');
  await goTo(page, '#/agents/agent/one');
  await expect(strip(page)).toBeFocused();
  await page.getByRole('heading', { name: 'Agents', level: 1 }).click();
  await expect(strip(page)).toBeFocused();
  await terminalOf(page, 'one').click();
  await serving.operator.command('agent.restart', { agent: 'one' });
  await untilAgent(serving, 'one', 'running');
  await expect(strip(page)).toBeFocused();
  await goTo(page, '#/inbox');
  await expect.poll(hasIt).toBe(true);
});
