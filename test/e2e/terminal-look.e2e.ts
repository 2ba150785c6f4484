// How terminals look is the operator's choice: at once, in all of them, and after a reload.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { withoutWebGl } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page): Promise<void> {
  await page.addInitScript(withoutWebGl);
  await page.emulateMedia({ colorScheme: 'dark' });
  // Two terminals are in sight: more of them are the same again.
  await page.setViewportSize({ width: 1000, height: 520 });
  await page.goto(`${fixture.url}?scene=busy#/agents`);
  await expect(page.locator('.xterm-rows').nth(1)).toBeVisible({ timeout: 30_000 });
}

/** Of every terminal on the page: font, size of its letters, ground. */
function looks(page: Page): Promise<string[]> {
  return page.locator('.xterm').evaluateAll((all) =>
    all.map((one) => {
      const rows = one.querySelector('.xterm-rows');
      const { fontFamily, fontSize } = getComputedStyle(rows ?? one);
      const ground = getComputedStyle(one.closest('section') ?? one).backgroundColor;
      return [fontFamily.split(',')[0], fontSize, ground].join(' ');
    }),
  );
}

async function expectLooks(page: Page, look: string): Promise<void> {
  await expect.poll(async () => [...new Set(await looks(page))]).toEqual([look]);
}

const dark = 'rgb(16, 17, 19)';
const light = 'rgb(255, 255, 255)';

test('font, size, colours and cursor change at once in all terminals, by keys alone, and are kept', async ({
  page,
}) => {
  await open(page);
  await expectLooks(page, `ui-monospace 13px ${dark}`);
  await page.getByRole('button', { name: 'Terminal look' }).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Terminal look' });
  await expect(form.getByLabel('Font')).toBeFocused();
  await page.keyboard.type('DejaVu Sans Mono');
  await expectLooks(page, `"DejaVu Sans Mono" 13px ${dark}`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectLooks(page, `"DejaVu Sans Mono" 15px ${dark}`);
  await page.keyboard.press('Tab');
  for (const name of ['Dark', 'Light']) {
    await page.keyboard.press('ArrowRight');
    await expect(form.getByRole('radio', { name })).toBeFocused();
  }
  await page.keyboard.press('Space');
  await expectLooks(page, `"DejaVu Sans Mono" 15px ${light}`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await form.getByRole('radio', { name: 'Bar' }).click();
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
  await page.locator('.xterm').first().click();
  await expect(page.locator('.xterm-cursor-bar')).toBeAttached();
  await page.reload();
  await expectLooks(page, `"DejaVu Sans Mono" 15px ${light}`);
});

test('a font that is not installed is said, and whatever is typed is a name', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Terminal look' }).click();
  const font = page.getByRole('dialog', { name: 'Terminal look' }).getByLabel('Font');
  await font.fill('No Such Font 7');
  await expect(page.getByText('Not installed on this computer')).toBeVisible();
  await font.fill('x"; background: red; "');
  await expectLooks(page, `"x background: red" 13px ${dark}`);
  await font.fill('');
  await expectLooks(page, `ui-monospace 13px ${dark}`);
});

test('what is kept and cannot be understood counts for nothing', async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem('musher.terminalLook', '{"font":1,"sizePx":9000,"theme":"pink"}'),
  );
  await open(page);
  await expectLooks(page, `ui-monospace 13px ${dark}`);
});

test('a letter is measured once for all terminals, and a new terminal writes its colours down once', async ({
  page,
}) => {
  await page.addInitScript(countMeasures);
  await open(page);
  await expect(page.locator('.xterm-rows').first()).toContainText(/\w{4}/);
  const { letters, colors } = await page.evaluate<Measures>('window.measures');
  // The first terminal has measured one before anything is shared.
  expect(Object.values(letters).filter((times) => times > 1).length).toBeLessThanOrEqual(1);
  expect(Object.keys(letters).length).toBeGreaterThan(50);
  expect(colors).toBe(await page.locator('.xterm').count());
});

interface Measures {
  /** By letter, weight and slant. */
  readonly letters: Readonly<Record<string, number>>;
  /** Style sheets that name all colours. */
  readonly colors: number;
}

/** Runs on the page, before it: xterm measures and colours by the text that it gives to elements. */
function countMeasures(): void {
  const measures = { letters: {} as Record<string, number>, colors: 0 };
  Object.assign(window, { measures });
  const before = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
  Object.defineProperty(Node.prototype, 'textContent', {
    ...before,
    set(this: HTMLElement, text: string) {
      before?.set?.call(this, text);
      if (this.localName === 'style' && text.includes('.xterm-fg-255')) measures.colors += 1;
      if (!this.classList?.contains('xterm-char-measure-element')) return;
      const letter = `${text.slice(0, 1)} ${this.style.fontWeight} ${this.style.fontStyle}`;
      measures.letters[letter] = (measures.letters[letter] ?? 0) + 1;
    },
  });
}
