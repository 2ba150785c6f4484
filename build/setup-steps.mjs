// The steps of the set-up, in order: packages, builds, and for the tests a Chromium.
// Runs on Node 20 without any package. Each step that does something prints one line.

import { chromiumStep } from './find-chromium.mjs';
import { installStep } from './install.mjs';
import { findOwnNode, fromRoot } from './paths.mjs';
import { fail, run, StepError } from './run.mjs';
import { holdSetupLock } from './setup-lock.mjs';

/** @param {string | undefined} purpose */
export async function setUp(purpose) {
  try {
    if (purpose !== 'start' && purpose !== 'test') {
      throw new StepError('say what to set up for: node build/setup.mjs start|test');
    }
    const release = await holdSetupLock();
    try {
      await installStep();
      await buildStep();
      if (purpose === 'test') await chromiumStep();
    } finally {
      release();
    }
  } catch (error) {
    fail(error);
  }
}

async function buildStep() {
  const node = findOwnNode();
  if (!node) {
    throw new StepError(
      'the package that brings Node 24 is not installed: delete node_modules and run `npm ci`',
    );
  }
  const { code } = await run(node, [fromRoot('build', 'build.mjs')]);
  if (code !== 0) throw new StepError('the build failed: mend the error above and try again');
}
