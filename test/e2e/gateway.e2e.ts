// The page of a gateway: projects that register, how they stand, and what is done with them by key.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import type { ProjectStatus } from '../../preload/contract/gateway-facts.ts';
import { aStatus, type GatewayWorld, gatewayWorld } from '../harness/gateway-world.ts';
import { expectAccessible, expectAccessibleInBothThemes } from './axe.ts';

let world: GatewayWorld;
let server: Server;
test.beforeAll(async () => {
  world = await gatewayWorld();
  const known = ['shop', 'blog'].map((name) => ({ id: `log-${name}` }));
  server = createServer((_asked, answer) =>
    answer.end(JSON.stringify({ musher: true, projects: known })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterAll(async () => {
  server.close();
  await world.end();
});

const there = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const quiet: ProjectStatus = {
  ...{
    version: '1.0.0',
    agents: {},
    stories: { done: 12 },
    waiting: { total: 0, blocking: 0, kinds: {} },
  },
};

async function open(page: Page): Promise<void> {
  await page.goto(world.gateway().loginUrl());
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
}

test('who is not signed in is told how', async ({ page }) => {
  await page.goto(world.gateway().url);
  await expect(page.getByRole('main')).toContainText('musher gateway');
});

test('a project is let register: the token is shown once, and turns into the project that came by it', async ({
  page,
}) => {
  await open(page);
  await expect(page.getByText('No project is registered yet')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'no projects');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name' }).fill('shop');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Register shop' });
  const { port } = new URL(world.gateway().url);
  await expect(dialog).toContainText(`ssh -N -L ${port}:127.0.0.1:${port} you@this-machine`);
  const line = /musher register --gateway http:\/\/127\.0\.0\.1:\d+ --join (gt1\.[\w-]{43})/;
  await expect(dialog).toContainText(line);
  await expectAccessible(page, 'a registration token');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('alert')).toContainText('shown no more');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  const [, join = ''] = line.exec((await dialog.textContent()) ?? '') ?? [];
  const shop = world.project('shop', { listens: there });
  await shop.register({ gateway: world.gateway().url, join, mcp: 'read' });
  await expect(dialog).toContainText('Registered as shop g-1');
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row', { name: /shop/ });
  await expect(row).toContainText('not heard yet');
  shop.onChange(() => shop.link()?.state === 'connected' && shop.say(aStatus));
  await shop.begin();
  await expect(row).toContainText('connected');
  await expect(row).toContainText('1 question, 2 approvals');
  await expect(row).toContainText('2 working, 1 idle');
  await expect(row.getByRole('link', { name: 'shop' })).toHaveAttribute(
    'href',
    `${there()}/?project=log-shop`,
  );
});

test('several are looked through, renamed and forgotten by key', async ({ page }) => {
  const blog = await world.registered('blog', { listens: there });
  const till = await world.registered('till', { repository: '/code/\u202Etill<b>' });
  await open(page);
  await expect(page.getByRole('row', { name: /till/ })).toContainText('connected');
  blog.say(quiet);
  till.close();
  await expect(page.getByRole('row', { name: /blog/ })).toContainText('nothing');
  await expect(page.getByRole('row', { name: /till/ })).toContainText('away');
  await expect(page.getByRole('row', { name: /till/ })).toContainText('‹U+202E›till<b>');
  await expect(page.getByRole('main')).toContainText('6 waiting for you');
  await expect(page).toHaveTitle('2 wait, 4 to read · Projects · Musher');
  await expectAccessibleInBothThemes(page, 'projects');
  for (let step = 0; step < 3; step++) await page.keyboard.press('j');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name' }).fill('a till');
  await page.keyboard.press('Enter');
  const row = page.getByRole('row', { name: /a till/ });
  await expect(row).toBeVisible();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Forget' }).click();
  await expect(row).toHaveCount(0);
  await world.stop();
  await expect(page.getByRole('status').filter({ hasText: 'No connection' })).toBeVisible();
  await world.start();
  await expect(page.getByRole('row', { name: /blog/ })).toContainText('connected');
});
