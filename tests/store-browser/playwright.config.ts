import { defineConfig } from '@playwright/test';

/** The device store on a real IndexedDB. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/store-browser',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  reporter: [['list'], ['json']],
});
