/** Ratios taken in one run on this machine; a figure is printed, never a verdict on a clock. */
import { ensureBuild, ensureChromium, ensurePackages, environment, node, run } from './prepare.mjs';

ensurePackages();
ensureBuild();
const env = { ...environment, CHROMIUM_PATH: ensureChromium() };
const benches = {
  store: 'tests/bench/store/run.ts',
  bulk: 'tests/bench/server/bulk-docs.ts',
  server: 'tests/bench/server/protocol.ts',
  size: 'tests/bench/bundle-size.ts',
  'all-present': 'tests/bench/all-present.ts',
  term: 'tests/bench/term-grid.ts',
  desk: 'tests/bench/desk.ts',
  indicators: 'tests/bench/indicators.ts',
  themes: 'tests/bench/theme-library.ts',
  badge: 'tests/bench/badge.ts',
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length) {
  console.error(`Unknown bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
let code = 0;
for (const [name, script] of Object.entries(benches)) {
  if (wanted.length && !wanted.includes(name)) continue;
  console.log(`\n— ${name}`);
  code = run(node, [script], { env }) || code;
}
process.exit(code);
