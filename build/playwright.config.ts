import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from '../test/harness/chromium.ts';

export default defineConfig({
  testDir: '../test/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './e2e-pages.ts',
  outputDir: '../test-results',
  // Half of the time they wait: for decisions that are held, for programs, for keys that count again.
  workers: 4,
  retries: 0,
  forbidOnly: true,
  // Four browsers share what a small machine has.
  timeout: 120_000,
  // A bound for what hangs, not for a machine that does much else.
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    // Emptied between tests instead of made anew: a page that was compiled once opens in half the time.
    reuseContext: true,
    // What moves is drawn by the processor, frame after frame.
    contextOptions: { reducedMotion: 'reduce' },
    // Recording each step takes a third of the time; `npm test -- e2e <file> --trace on` does so when it is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunchOptions({ hasWebGl: false }),
  },
});
