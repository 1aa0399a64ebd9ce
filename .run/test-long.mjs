/** The searches of `npm test` with many more random cases; the seeds of a failure are printed by fast-check. */
import { ensurePackages, environment, run } from './prepare.mjs';

ensurePackages();
const env = { ...environment, LONG_SEARCH: '1' };
process.exit(
  run('vitest', ['run', '--config', '.config/vitest.config.ts', '--testTimeout=1800000', '-t', 'property'], {
    env,
  }),
);
