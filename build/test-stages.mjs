// What `npm test` consists of. A check (format, types, lint) counts as one test;
// the runners are counted from their own JSON reports, beside the output for people.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fromRoot } from './paths.mjs';
import { run } from './run.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ output?: 'inherit' | 'collect', signal?: AbortSignal }} How as `run` takes it
 * @typedef {{ counts: Counts, output: string }} Outcome `output`: what was collected
 * @typedef {{ name: string, isExtra?: true, hasCompany?: true, run(filter: string[], how?: How): Promise<Outcome> }} Stage
 *   isExtra: not part of `npm test`, as it takes hours
 *   hasCompany: computes alone, or waits, and measures nothing, so that another such stage may run beside it
 */

/**
 * Of each project, while up to four are built at once. Each checker works out for itself what the contracts say: four of them take
 * twice the processor's time of one.
 */
const checkers = String(Math.max(1, Math.floor(availableParallelism() / 4)));

/** @type {Stage[]} */
export const stages = [
  beside(checkStage('format', ['@biomejs', 'biome', 'bin', 'biome'], ['format', '.'])),
  beside(checkStage('types', ['typescript', 'bin', 'tsc'], ['--build', '--checkers', checkers])),
  beside(
    checkStage('lint', ['@biomejs', 'biome', 'bin', 'biome'], ['lint', '.', '--error-on-warnings']),
  ),
  beside(vitestStage('rules')),
  beside(vitestStage('unit')),
  beside(vitestStage('waiting')),
  beside(vitestStage('property')),
  integrationStage(),
  vitestStage('timed'),
  { name: 'e2e', run: (filter) => runPlaywright(filter) },
  { name: 'torture', run: runTorture, isExtra: true },
];

/**
 * @param {Stage} stage
 * @returns {Stage}
 */
function beside(stage) {
  return { ...stage, hasCompany: true };
}

/**
 * @param {string} name
 * @param {string[]} program its file below node_modules
 * @param {string[]} args
 * @returns {Stage}
 */
function checkStage(name, program, args) {
  return {
    name,
    run: async (_filter, how) => {
      const { code, output } = await runTool(program, args, how);
      const counts = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
      return { counts, output };
    },
  };
}

/**
 * @param {string} name
 * @param {string[]} projects of build/vitest.config.ts
 * @returns {Stage}
 */
function vitestStage(name, projects = [name]) {
  return {
    name,
    run: async (filter, how) => {
      const report = clearReport(name);
      const { code, output } = await runTool(
        ['vitest', 'vitest.mjs'],
        [
          ...['run', '--config', 'build/vitest.config.ts', '--root', '.'],
          ...projects.flatMap((project) => ['--project', project]),
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          ...filter,
        ],
        how,
      );
      return { counts: toCounts(code, countVitest(readReport(report))), output };
    },
  };
}

/** Who names a file need not know whether it is one of those that mostly wait. */
function integrationStage() {
  const [own, both] = [['integration'], ['integration', 'waiting']];
  /** @type {Stage} */
  const stage = {
    name: 'integration',
    run: (filter, how) =>
      vitestStage('integration', filter.length > 0 ? both : own).run(filter, how),
  };
  return stage;
}

/**
 * Its own tests, then all that goes through the page with what `npm test` leaves out there: further themes, sizes and lengths.
 * @param {string[]} filter
 * @returns {Promise<Outcome>}
 */
async function runTorture(filter) {
  const { counts: first } = await vitestStage('torture').run(filter);
  const { counts: second } = await runPlaywright(filter, { MUSHER_TORTURE: '1' });
  const counts = {
    passed: first.passed + second.passed,
    failed: first.failed + second.failed,
    skipped: first.skipped + second.skipped,
  };
  return { counts, output: '' };
}

/**
 * @param {string[]} filter
 * @param {Record<string, string>} [env]
 * @returns {Promise<Outcome>}
 */
async function runPlaywright(filter, env = {}) {
  const report = clearReport('e2e');
  const { code } = await runTool(
    ['@playwright', 'test', 'cli.js'],
    [
      ...['test', '--config', 'build/playwright.config.ts', '--reporter=list,json'],
      ...['--pass-with-no-tests', ...filter],
    ],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  return { counts: toCounts(code, countPlaywright(readReport(report))), output: '' };
}

/**
 * A runner can fail without a failed test (a file that does not load, an error after the end):
 * that has to be visible in the sum.
 * @param {number} code
 * @param {Counts} counts
 * @returns {Counts}
 */
function toCounts(code, counts) {
  if (code === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1 };
}

/** @returns {Counts} */
function countVitest(
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number } | undefined} */ report,
) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const skipped = report.numPendingTests + report.numTodoTests;
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped };
}

/** @returns {Counts} */
function countPlaywright(
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | undefined} */ report,
) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** @param {string} name */
function clearReport(name) {
  const file = fromRoot('node_modules', '.cache', 'musher-test', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // the runner ended before it wrote one; its exit code says the rest
  }
}

/**
 * Threads and programs of the source, which tests start by the hundred, are stripped of their types and compiled once, not
 * each time: that is more than half of what many such tests cost.
 */
const compileCache = fromRoot('node_modules', '.cache', 'musher-compile');

/**
 * By this very Node and the tool's own file: names in `.bin` are shell scripts on Windows.
 * @param {string[]} program
 * @param {string[]} args
 * @param {How & { env?: Record<string, string> }} [how]
 */
function runTool(program, args, { env, ...how } = {}) {
  return run(process.execPath, [fromRoot('node_modules', ...program), ...args], {
    ...how,
    env: { NODE_COMPILE_CACHE: compileCache, ...env },
  });
}
