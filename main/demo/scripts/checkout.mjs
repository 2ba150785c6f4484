// Demo agent: asks the operator how shipping shall be charged, builds what was chosen, and asks for its review.

import { command } from './hub.mjs';
import { runAgent } from './agent.mjs';
import { askFor, askForMerge, plan, tell } from './review.mjs';
import { step, think } from './screen.mjs';
import { commit, edit, runTests } from './worktree.mjs';

/** What each answer leads to: the rule, and the hint that visitors read. */
const rules = new Map([
  [
    'Free from 50 €, else 4.90 €',
    { body: 'return goods >= 5000 ? 0 : 490;', hint: 'Free shipping from 50 €' },
  ],
  ['Always 4.90 €', { body: 'return goods === 0 ? 0 : 490;', hint: 'Shipping 4.90 €' }],
  ['Always free', { body: 'return 0 * goods;', hint: 'Free shipping' }],
]);
const options = [...rules.keys()];
let chosen = rules.get(options[0] ?? '');

await runAgent({
  task: 'Charge for shipping at the checkout',
  work: async () => {
    await command('agent.report', { status: 'working', note: 'shipping at the checkout' });
    await plan('shipping at the checkout', ['src/checkout.js', 'src/pages.js']);
    step('Read src/checkout.js');
    await think('reading how an order is made', 1_500);
    await addHint('Shipping at the checkout');
    const { choice } = await askFor({ text: 'How should the shop charge for shipping?', options });
    chosen = rules.get(choice) ?? chosen;
    await build();
    await askForMerge({
      title: `Shipping: ${choice.toLowerCase()}`,
      description:
        'The rule in one function, and a hint in the navigation so that nobody is surprised.',
      fix,
      again: () => addHint(chosen?.hint),
    });
    await tell('*', 'Shipping is on main now; `toOrder` has a `shipping` field. Nothing to do.');
  },
});

async function build() {
  await think('writing the rule', 2_500);
  await edit('src/checkout.js', (text) =>
    text.replace(
      /export function shippingCents\([^)]*\) \{[^}]*\}/,
      `export function shippingCents(goods) {\n  ${chosen?.body}\n}`,
    ),
  );
  await commit('Charge for shipping');
  await tell('catalog', 'I am adding a shipping hint to the navigation in src/pages.js. You too?');
  await think('adding the hint', 1_500);
  await addHint(chosen?.hint);
  const { passed } = await runTests();
  step(`node --test ${passed ? 'passes' : 'fails'}`);
  await commit('Tell visitors what shipping costs');
}

/** The navigation is what the catalog agent changes as well: their work collides before anybody merges it. */
async function addHint(/** @type {string | undefined} */ hint) {
  const shown = `<span class="hint">${hint}</span>`;
  await edit('src/pages.js', (text) =>
    text.includes('class="hint"')
      ? text.replace(/<span class="hint">[^<]*<\/span>/, shown)
      : text.replace('</nav>', ` ${shown}</nav>`),
  );
}

async function fix(/** @type {string} */ note) {
  const about = note.split('\n')[0]?.slice(0, 60) ?? '';
  await edit('src/checkout.js', (text) =>
    text.replace(
      /\/\*\* What sending a parcel costs[^*]*\*\//,
      `/** What sending a parcel costs, in cents, for goods of this price in cents. Review: ${about.replaceAll('*/', '')} */`,
    ),
  );
  await commit(`Say in which unit shipping is${about === '' ? '' : ` (${about})`}`);
}
