// Every state that the contracts have, where the page shows it: its words, and nothing that axe finds, in both themes.

import { test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { cases } from '../harness/rounds.ts';
import { contractStates } from '../pictures/contract-states.ts';
import { showState } from '../pictures/state.ts';
import { expectPartAccessible, showIn } from './axe.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const isAtLength = cases([], ['light']).length > 0;
const all = Object.values(contractStates);

for (const scene of new Set(all.map((state) => state.scene)))
  test(`what ${scene} shows says what it is, to everybody`, async ({ page }) => {
    const states = all.filter((state) => state.scene === scene);
    await page.goto(`${fixture.url}?scene=${scene}`);
    await showIn(page, 'dark');
    /** Of several states in one place the first has all of it looked at; briefly of each second place. */
    const looked = new Set<string>();
    for (const state of states) {
      await showState(page, state);
      const place = [state.hash, state.row, state.part].join(' ');
      const isTurn = isAtLength || looked.size % 2 === 0;
      if (!looked.has(place) && isTurn)
        await expectPartAccessible(page, `${state.says}, dark`, state);
      looked.add(place);
    }
    if (!isAtLength) return;
    await showIn(page, 'light');
    for (const state of states) {
      await showState(page, state);
      const rules = ['color-contrast'];
      await expectPartAccessible(page, `${state.says}, light`, { ...state, rules });
    }
  });
