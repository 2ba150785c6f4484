// Demo agent: builds a search, in two commits, and asks for its review. Answers what others ask about products.

import { command } from './hub.mjs';
import { runAgent } from './agent.mjs';
import { askForMerge, plan } from './review.mjs';
import { bold, detail, heard, step, think } from './screen.mjs';
import { commit, edit, read, runTests } from './worktree.mjs';

const search = `import { allProducts } from './catalog.js';

/** Products that hold every word, in their name or their tags. */
export function searchProducts(text) {
  const words = text.toLowerCase().split(/\\s+/).filter(Boolean);
  return allProducts().filter(({ name, tags }) => {
    const own = [name, ...tags].join(' ').toLowerCase();
    return words.every((word) => own.includes(word));
  });
}
`;

const searchTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchProducts } from '../src/search.js';

const ids = (text) => searchProducts(text).map(({ id }) => id);

test('words are looked for in names and tags', () => {
  assert.deepEqual(ids('wool'), ['blanket', 'socks']);
  assert.deepEqual(ids('steel axe'), ['axe']);
});

test('no words find everything', () => {
  assert.equal(ids(' ').length, 9);
});
`;

const form = `<form action="/search"><input name="q" placeholder="Search"></form>`;
/** Whether the review asked for it already. */
let isEscaped = false;

const searchPage = `const searchPage = (words) => shopPage(searchProducts(words), words);\n\n`;
const plainTitle = '<h1>Fjord & Pine</h1>';
const plainWords = `\`Results for \${words}\``;
const wordsTitle = `<h1>\${words ? ${plainWords} : 'Fjord & Pine'}</h1>`;
const escapeFunction = `
/** What visitors typed, safe inside HTML. */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (sign) => \`&#\${sign.charCodeAt(0)};\`);
}
`;

await runAgent({
  task: 'Let visitors search the catalog by words',
  work: async () => {
    await command('agent.report', { status: 'working', note: 'a search over names and tags' });
    await plan('a search field on every page', ['src/search.js', 'src/pages.js', 'src/server.js']);
    await readUp();
    await findWords();
    await showSearch();
    await askForMerge({
      title: 'Search the catalog by words',
      description:
        'A search field on every page. Words are looked for in names and tags; no index, nine products.',
      fix,
      again: addForm,
    });
  },
  answers: answerPeer,
});

async function readUp() {
  for (const path of ['src/catalog.js', 'data/products.json', 'src/pages.js']) {
    step(`Read ${path}`);
    detail(`${(await read(path)).split('\n').length} lines`);
  }
  await think('thinking about where a search belongs', 2_500);
}

async function findWords() {
  await edit('src/search.js', () => search);
  await think('writing a test', 1_500);
  await edit('test/search.test.js', () => searchTest);
  await commit('Find products by words in names and tags');
}

async function showSearch() {
  await command('agent.report', { status: 'working', note: 'the search field on each page' });
  await addForm();
  await edit('src/server.js', (text) =>
    text.includes('searchPage')
      ? text
      : text
          .replace(
            `import { cartPage`,
            `import { searchProducts } from './search.js';\nimport { cartPage`,
          )
          .replace(
            `  '/cart':`,
            `  '/search': (query) => searchPage(query.get('q') ?? ''),\n  '/cart':`,
          )
          .replace('createServer(', `${searchPage}createServer(`)
          .replace('const { pathname }', 'const { pathname, searchParams }')
          .replace('route() :', 'route(searchParams) :'),
  );
  const { passed } = await runTests();
  step('node --test');
  detail(passed ? 'all pass' : 'some fail');
  await commit('Put a search field on every page');
}

/** The navigation is what the checkout agent changes as well, so all of it may have to be done again. */
async function addForm() {
  await edit('src/pages.js', (text) => {
    const shown = text.includes('action="/search"')
      ? text
      : text.replace('</nav>', ` ${form}</nav>`);
    const titled = shown
      .replace('shopPage(products) {', "shopPage(products, words = '') {")
      .replace(plainTitle, wordsTitle);
    return isEscaped ? escaped(titled) : titled;
  });
}

/** What every second reviewer would ask for; a second denial finds a field without a label. */
async function fix(/** @type {string} */ note) {
  const wasEscaped = isEscaped;
  isEscaped = true;
  await edit('src/pages.js', (text) =>
    wasEscaped ? text.replace('name="q" ', 'name="q" aria-label="Search" ') : escaped(text),
  );
  const about = note.split('\n')[0]?.slice(0, 60) ?? '';
  await commit(`Mend what the review found${about === '' ? '' : `: ${about}`}`);
}

function escaped(/** @type {string} */ text) {
  const used = text.replace(plainWords, plainWords.replace('words', 'escapeHtml(words)'));
  return used.includes('function escapeHtml') ? used : `${used}${escapeFunction}`;
}

async function answerPeer(/** @type {any} */ item) {
  const { question, asker, text, options } = item.data;
  heard(`${bold(asker)} asks: ${text}`);
  const choice = options.find((/** @type {string} */ option) => /include/.test(option));
  await think(`looking it up for ${asker}`, 2_000);
  await command('question.answer', {
    question,
    choices: choice ? [choice] : [],
    text: 'See the README: prices are whole cents and include the VAT.',
  });
  step(`musher answer ${question} "${choice ?? 'see the README'}"`);
}
