// Nodes from a hub in memory: read, let join, renamed and locked out by key, and how this Musher stands where it is a node itself.

import { expect, type Page, test } from '@playwright/test';
import type { ClaimRecord } from '../../preload/contract/claim-facts.ts';
import type { RendezvousLink } from '../../preload/contract/cluster-facts.ts';
import type { NodeStanding } from '../../preload/contract/node-standing.ts';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectPartAccessible,
  expectStatesAccessible,
} from './axe.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page): Promise<void> {
  await page.goto(`${fixture.url}?scene=nodes#/nodes`);
  await expect(page.getByRole('row', { name: /attic/ })).toBeVisible();
}

test('nodes are looked through, renamed and locked out by key', async ({ page }) => {
  await open(page);
  const cellar = page.getByRole('row', { name: /n-3/ });
  await expect(cellar).toContainText('lost');
  await expect(page.getByRole('row', { name: /n-2/ })).toContainText('here 0.1.0');
  await expect(page.getByRole('row', { name: /n-4/ })).toContainText('its clock is 10 min ahead');
  await expect(page.getByRole('row', { name: /old-laptop/ })).toHaveCount(0);
  await expectAccessibleInBothThemes(page, 'nodes');
  for (let step = 0; step < 3; step++) await page.keyboard.press('j');
  await expect(page).toHaveURL(/node\/n-3$/);
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name' }).fill('wine cellar');
  await page.keyboard.press('Enter');
  await expect(cellar).toContainText('wine cellar');
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Lock wine cellar out?' });
  await expect(dialog).toContainText('It can join anew');
  await dialog.getByRole('button', { name: 'Lock out' }).click();
  await expect(cellar).toContainText('locked out');
  await page.keyboard.press('j');
  await expect(cellar).toHaveCount(0);
  await page.keyboard.press('v');
  await expect(page.getByRole('row', { name: /locked out/ })).toHaveCount(2);
});

test('a machine is let join: the token is shown once, and turns into the node that came by it', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name' }).fill('garage');
  await page.getByRole('radio', { name: '1 hour' }).click();
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let garage join' });
  const port = new URL(fixture.url).port;
  await expect(dialog).toContainText(`ssh -N -L 9119:127.0.0.1:${port} you@this-machine`);
  await expect(dialog).toContainText(
    /musher node --rendezvous http:\/\/127\.0\.0\.1:9119 --join mj1\.[\w-]{43}/,
  );
  await expect(dialog).toContainText(/expires in (1h|59m)/);
  await expectAccessible(page, 'a join token');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('alert')).toContainText('shown no more');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await page.evaluate(`bridge.dispatch('node.join', { host: 'g.lan' })`);
  await expect(dialog).toContainText('Joined as garage');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row', { name: /garage/ })).toContainText('not heard yet');
  await page.getByRole('button', { name: /^Take back.*j-7f3k2m9x/ }).click();
  await expect(page.getByText('j-7f3k2m9x')).toHaveCount(0);
});

const standings: Readonly<Record<RendezvousLink['state'], RegExp>> = {
  connecting: /connecting *for/,
  connected: /connected *for 12m.*31 stories/,
  offline: /cut off *for 12m.*tries again in \d+s.*does not answer/,
  refused: /refused *for 12m.*was locked out\. Join anew/,
};

test('a Musher that is a node itself says of whom, how it stands, and why', async ({ page }) => {
  const part = '[aria-label="Rendezvous"]';
  for (const [state, says] of Object.entries(standings)) {
    await page.goto(`${fixture.url}?scene=quiet&rendezvous=${state}#/nodes`);
    await expect(page.getByText('No machine has joined this Musher itself.')).toBeVisible();
    await expect(page.locator(part)).toContainText('This Musher is a node of');
    await expect(page.locator(part)).toContainText(says);
    await expectPartAccessible(page, `rendezvous ${state}`, { part });
    const links = page.getByRole('figure', { name: 'Links' });
    await expect(links).toContainText(/127\.0\.0\.1:9119.*This Musher/);
    if (state === 'offline') await expect(links).toContainText(/cut off since \d/);
  }
});

test('a project at a gateway says how it stands with it, and the palette leads there', async ({
  page,
}) => {
  await page.goto(`${fixture.url}?scene=quiet&gateway=offline#/nodes`);
  await expect(page.getByText('Gateway cut off')).toBeVisible();
  await page.evaluate('window.open = (url) => { document.title = url; }');
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill('all projects');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('http://127.0.0.1:9129');
  await page.goto(`${fixture.url}?scene=quiet#/nodes`);
  await expect(page.getByText('No machine has joined yet')).toBeVisible();
  await expect(page.getByText(/^Gateway/)).toHaveCount(0);
});

const claims: Readonly<Record<ClaimRecord['state'], RegExp>> = {
  asked: /s-60.*asked for.*the rendezvous says who has it once it is heard again/,
  begun: /s-61.*here s-3.*at work.*it goes on here while this Musher is cut off/,
  verified: /s-62.*here s-2.*ready, and brought.*the rendezvous takes it/,
  releasing: /s-63.*here s-1.*given back.*the key of the shop is missing/,
};

test('a Musher that is a node itself says what it has claimed, and as what it goes here', async ({
  page,
}) => {
  await page.goto(`${fixture.url}?scene=quiet&rendezvous=offline#/nodes`);
  for (const [state, says] of Object.entries(claims))
    await expect(page.locator(`[data-claim="${state}"]`)).toContainText(says);
  await expectAccessibleInBothThemes(page, 'claims');
  await page.getByRole('button', { name: 'here s-2' }).click();
  await expect(page).toHaveURL(/#\/stories\/s-2$/);
});

/** By what it shows in place of an agent. */
const cards: Readonly<Record<NodeStanding, readonly [card: string, says: RegExp]>> = {
  connected: ['s-40', /node *attic(?!.*silent)/],
  draining: ['s-45', /node *ci-runner-2/],
  lost: ['s-43', /node *cellar *silent 12m/],
  disconnected: ['s-44', /node *laptop *cut off/],
  stopped: ['s-46', /node *office *stopped/],
  unheard: ['s-47', /node *barn *not heard yet/],
  revoked: ['s-48', /node *old-laptop *locked out/],
};

test('a story that a node works on says so wherever its agent would stand', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1500 });
  await page.goto(`${fixture.url}?scene=nodes#/stories`);
  for (const [card, says] of Object.values(cards))
    await expect(page.locator(`#card-${card}`)).toContainText(says);
  await expectAccessibleInBothThemes(page, 'cards of nodes');
  await page.getByRole('combobox', { name: 'Group' }).selectOption('agent');
  await expect(page.getByText('cellar (n-3)')).toBeVisible();
  await page.locator('#card-s-43').dblclick();
  const details = page.getByRole('region', { name: 'Details of the story' });
  await expect(details).toContainText('not heard for 12 min: after 30 min it goes to another');
  await expect(details).toContainText(/when it was last heard:.*Coding.*by a-2/);
  await page.getByRole('button', { name: /refs\/musher\/claims\/n-3\/s-43\.2/ }).click();
  await expect(page.getByText(/^(Copied )?refs\/musher\/claims/).first()).toBeVisible();
  await expectAccessible(page, 'a story of a node');
  await details.getByRole('button', { name: /cellar/ }).click();
  await expect(page).toHaveURL(/#\/nodes\/node\/n-3$/);
});

test('the links of one and of a hundred nodes are drawn, and said to who does not see them', async ({
  page,
}) => {
  const links = page.getByRole('figure', { name: 'Links' });
  await open(page);
  await expect(links.locator('[data-link="cut"]')).toHaveCount(2);
  await expect(links).toContainText(/cellar.*cut off since/);
  await expect(page.getByRole('list', { name: 'Stories it works on' }).first()).toContainText(
    /s-40.*passkeys.*Coding.*s-41.*Ready/,
  );
  await page.getByRole('button', { name: '2 more' }).click();
  await page.getByRole('button', { name: /^s-52/ }).click();
  await expect(page).toHaveURL(/#\/stories\/s-52$/);
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=nodes&nodes=100#/nodes`);
  await expect(links.getByRole('listitem')).toHaveCount(4);
  await expect(links).toContainText(/of 99 nodes are connected with this Musher\. Not: /);
  await expectPartAccessible(page, 'links of many', { part: '[aria-label="Links"]' });
});

/** Each way of saying why nothing happens: in its place, below it, beside a screen from before. */
const watched: ReadonlyArray<readonly [address: string, says: RegExp]> = [
  ['?scene=nodes&watch=asking#/nodes/watch/s-40', /attic is asked for its terminal/],
  ['?scene=nodes#/nodes/watch/s-44', /laptop, link ended .* ago: this is what it showed last/],
  ['?scene=nodes&watch=stalled#/nodes/watch/s-40', /The way to attic broke: this is what/],
  ['?scene=nodes&watch=exited#/nodes/watch/s-40', /Its program at attic ended \(exit code 1\)/],
  ['?scene=nodes&watch=old#/nodes/watch/s-40', /Musher \(0\.0\.9\) may be too old.*Ask again/],
];

test('who works on a story at a node is watched, and reached by no key', async ({ page }) => {
  await page.goto(`${fixture.url}?scene=nodes#/stories/s-40`);
  await expect(page.getByRole('button', { name: /^Watch/ })).toBeVisible();
  await page.keyboard.press('t');
  const terminal = page.getByRole('region', { name: 'Terminal of s-40 at attic, read-only' });
  await expect(terminal).toHaveAttribute('data-state', 'live');
  await expect(page.getByText('Read-only')).toBeVisible();
  await terminal.locator('.xterm-screen').click();
  await page.keyboard.type('rm -rf');
  await page.keyboard.press('Control+C');
  await page.keyboard.press('Enter');
  await page.setViewportSize({ width: 1000, height: 700 });
  expect(await page.evaluate('window.bridge.typed()')).toEqual([]);
  await expectAccessible(page, 'a terminal of a node');
  // The first one leaves the terminal.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/stories\/s-40$/);
  const states = watched.map(([address, says]): [string, () => Promise<void>] => [
    address,
    async () => {
      await page.goto('about:blank');
      await page.goto(`${fixture.url}${address}`);
      await expect(page.getByRole('region', { name: /^Terminal of / })).toContainText(says);
    },
  ]);
  await expectStatesAccessible(page, '[data-terminal]', states);
});
