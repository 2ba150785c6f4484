import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from '../test/harness/chromium.ts';

export default defineConfig({
  testDir: '../test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: chromiumLaunchOptions(),
  },
});
