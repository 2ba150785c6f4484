// `npm run bench [-- --check] [name…]`: runs test/bench/*.bench.ts one after another, each in a process
// of its own so that none warms or crowds another, and prints each number beside its limit and baseline.
// A bench module is `export const bench: Bench` (test/bench/bench.ts).

import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { judge, printTable } from './bench-judge.mjs';
import { fromRoot } from './paths.mjs';
import { fail, run, StepError, say } from './run.mjs';

const resultLine = 'bench-result ';
const isCheck = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

try {
  const numbers = [];
  for (const file of findBenches()) numbers.push(...(await runBench(file)));
  const rows = numbers.map((number) => judge(number, readBaseline()[number.name]));
  printTable(rows);
  const outside = rows.filter((row) => row.verdict === 'outside');
  if (isCheck && outside.length > 0) {
    const names = outside.map((row) => row.name).join(', ');
    throw new StepError(
      `outside of tolerance: ${names}. Make it fast again, or justify a new test/bench/baseline.json`,
    );
  }
} catch (error) {
  fail(error);
}

function findBenches() {
  const files = globSync('test/bench/*.bench.ts', { cwd: fromRoot() }).sort();
  return files.filter(
    (file) => wanted.length === 0 || wanted.includes(basename(file, '.bench.ts')),
  );
}

/**
 * @param {string} file
 * @returns {Promise<import('./bench-judge.mjs').BenchNumber[]>}
 */
async function runBench(file) {
  say(`running ${file}`);
  const script =
    `const { bench } = await import(process.argv[1]);` +
    `const numbers = await bench.run();` +
    `console.log(${JSON.stringify(resultLine)} + JSON.stringify(numbers));` +
    `process.exit(0);`;
  const url = new URL(`../${file.replaceAll('\\', '/')}`, import.meta.url).href;
  const args = ['--expose-gc', '--input-type=module', '--eval', script, url];
  const { code, output } = await run(process.execPath, args, { output: 'collect' });
  const lines = output.split('\n');
  const last = lines.findLast((line) => line.startsWith(resultLine));
  for (const line of lines) if (line && line !== last) console.log(line);
  if (code !== 0 || !last) throw new StepError(`${file} failed with code ${code}`);
  return JSON.parse(last.slice(resultLine.length));
}

/** @returns {Record<string, import('./bench-judge.mjs').Baseline>} */
function readBaseline() {
  const file = fromRoot('test', 'bench', 'baseline.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
