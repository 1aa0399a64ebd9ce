import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '..');
const alias = { $lib: resolve(root, 'src/lib') };

/** Three suites: `unit` beside pure code, `contract` against the server's protocol, `sync` with replicas. */
const suite = (name: string, include: string[], seconds: number) => ({
  root,
  plugins: [svelte()],
  resolve: { alias, conditions: ['browser'] },
  test: { name, include, environment: 'node', testTimeout: seconds * 1000, hookTimeout: seconds * 1000 },
});

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      suite('unit', ['src/**/*.test.ts', 'sync-server/**/*.test.ts'], 30),
      suite('contract', ['tests/contract/**/*.test.ts'], 60),
      suite('sync', ['tests/sync/**/*.test.ts'], 120),
    ],
  },
});
