// What `npm test` consists of. A check (format, types, lint) counts as one test;
// the runners are counted from their own JSON reports, beside the output for people.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromRoot } from './paths.mjs';
import { run } from './run.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, isExtra?: true, run(filter: string[]): Promise<Counts> }} Stage
 *   isExtra: not part of `npm test`, as it takes hours
 */

/** @type {Stage[]} */
export const stages = [
  checkStage('format', ['@biomejs', 'biome', 'bin', 'biome'], ['format', '.']),
  checkStage('types', ['typescript', 'bin', 'tsc'], ['--build']),
  checkStage('lint', ['@biomejs', 'biome', 'bin', 'biome'], ['lint', '.', '--error-on-warnings']),
  vitestStage('rules'),
  vitestStage('unit'),
  vitestStage('integration', ['integration', 'waiting']),
  vitestStage('timed'),
  vitestStage('property'),
  { name: 'e2e', run: runPlaywright },
  { name: 'torture', run: runTorture, isExtra: true },
];

/**
 * @param {string} name
 * @param {string[]} program its file below node_modules
 * @param {string[]} args
 * @returns {Stage}
 */
function checkStage(name, program, args) {
  return {
    name,
    run: async () => {
      const { code } = await runTool(program, args);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
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
    run: async (filter) => {
      const report = clearReport(name);
      const { code } = await runTool(
        ['vitest', 'vitest.mjs'],
        [
          ...['run', '--config', 'build/vitest.config.ts', '--root', '.'],
          ...projects.flatMap((project) => ['--project', project]),
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          ...filter,
        ],
      );
      return toCounts(code, countVitest(readReport(report)));
    },
  };
}

/**
 * Of what goes through the page only the flow of stories is part of it unless it is named.
 * @param {string[]} filter
 */
async function runTorture(filter) {
  const first = await vitestStage('torture').run(filter);
  const files = filter.length === 0 ? ['ten-stories'] : filter;
  const second = await runPlaywright(files, { MUSHER_TORTURE: '1' });
  return {
    passed: first.passed + second.passed,
    failed: first.failed + second.failed,
    skipped: first.skipped + second.skipped,
  };
}

/**
 * @param {string[]} filter
 * @param {Record<string, string>} [env]
 */
async function runPlaywright(filter, env = {}) {
  const report = clearReport('e2e');
  const { code } = await runTool(
    ['@playwright', 'test', 'cli.js'],
    [
      ...['test', '--config', 'build/playwright.config.ts', '--reporter=list,json'],
      ...['--pass-with-no-tests', ...filter],
    ],
    { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  return toCounts(code, countPlaywright(readReport(report)));
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
 * By this very Node and the tool's own file: names in `.bin` are shell scripts on Windows.
 * @param {string[]} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function runTool(program, args, env = {}) {
  return run(process.execPath, [fromRoot('node_modules', ...program), ...args], { env });
}
