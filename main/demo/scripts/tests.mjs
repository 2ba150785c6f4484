// Demo agent: writes a test for the VAT, finds a real defect by it, asks a peer, mends it and tells everybody.

import { command } from './hub.mjs';
import { runAgent } from './agent.mjs';
import { askFor, askForMerge, plan, tell } from './review.mjs';
import { detail, green, red, step, think } from './screen.mjs';
import { commit, edit, runTests, takeUp } from './worktree.mjs';

const vatTest = `
test('the VAT inside a price is rounded to the nearest cent', () => {
  assert.equal(vatInside(1295), 207);
  assert.equal(vatInside(450), 72);
});
`;
const question = 'Do the prices in data/products.json include the VAT?';
const options = ['They include it', 'They come without it'];

await runAgent({
  task: 'Test the prices, and mend what is wrong',
  work: async () => {
    await command('agent.report', { status: 'working', note: 'tests for prices' });
    await plan('how prices are rounded', ['src/price.js', 'test/price.test.js'], { isClaim: true });
    await testAll('before any change');
    await think('writing a test for the VAT', 2_500);
    await addTest();
    await testAll('with the new one');
    const { choice } = await askFor({ to: 'catalog', text: question, options });
    await learn(choice);
    await tell('checkout', 'vatInside(1295) is 206, it should be 207: it rounds down. I mend it.');
    await think('mending src/price.js', 2_000);
    await roundVat();
    await testAll('after the change');
    await commit('Round the VAT to the nearest cent');
    await tell(
      '*',
      'src/price.js rounded the VAT down. Mended on agent/tests; please leave it alone.',
    );
    await askForMerge({
      title: 'Round the VAT to the nearest cent',
      description: 'It was rounded down, so most orders showed a cent too little. With a test.',
      fix,
      again: async () => {
        await addTest();
        await roundVat();
      },
    });
  },
  onNews: async (text) => {
    if (!/on main now/.test(text)) return;
    await takeUp('main', async () => {});
    await testAll('with what is on main now');
  },
});

/** For whoever comes after, in `.musher/learnings.md`. */
async function learn(/** @type {string} */ choice) {
  const text =
    choice === options[0]
      ? 'Prices in data/products.json are whole cents and include the VAT.'
      : 'Prices in data/products.json are whole cents and come without the VAT.';
  step(`musher learn "${text}"`);
  await command('learning.add', { text });
}

async function testAll(/** @type {string} */ when) {
  step(`node --test  ${when}`);
  const { passed, report } = await runTests();
  for (const line of report.split('\n').filter((one) => /^(not )?ok /.test(one)))
    detail(line.startsWith('ok') ? `${green('✓')} ${nameOf(line)}` : `${red('✗')} ${nameOf(line)}`);
  const wrong = /^\s*(?:expected|actual): .*$/gm;
  if (!passed) for (const line of report.match(wrong) ?? []) detail(red(line.trim()));
}

function nameOf(/** @type {string} */ line) {
  return line.replace(/^(not )?ok \d+ - /, '');
}

async function addTest() {
  await edit('test/price.test.js', (text) =>
    text.includes('vatInside')
      ? text
      : `${text.replace('{ formatPrice }', '{ formatPrice, vatInside }')}${vatTest}`,
  );
}

async function roundVat() {
  await edit('src/price.js', (text) => text.replace('Math.floor(', 'Math.round('));
}

async function fix(/** @type {string} */ note) {
  const about = note.split('\n')[0]?.slice(0, 60) ?? '';
  await edit('src/price.js', (text) =>
    text.replace(
      /\/\*\* The VAT inside a price[^*]*\*\//,
      `/** The VAT inside a price, in cents, rounded half up. Review: ${about.replaceAll('*/', '')} */`,
    ),
  );
  await commit(`Say how the VAT is rounded${about === '' ? '' : ` (${about})`}`);
}
