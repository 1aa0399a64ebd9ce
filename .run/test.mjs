/**
 * The whole check: format, lint, types, dead code, unit tests, contract, sync and browser tests. Goes through all of
 * it even after a failure, and ends with what failed, by name, and one line of totals.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuild, ensureChromium, ensurePackages, environment, root, run } from './prepare.mjs';

const only = process.argv[2];
const results = join(root, 'test-results');
const totals = { passed: 0, failed: 0, skipped: 0 };
/** What failed, by name: said again at the end, where a long run is read. */
const failures = [];

function step(name, command, args, options = {}) {
  process.stdout.write(`\n— ${name}\n`);
  const code = run(command, args, options);
  if (options.report) countReport(name, options.report, code);
  else if (code === 0) totals.passed += 1;
  else fail([name]);
}

function fail(names) {
  failures.push(...names);
  totals.failed += names.length;
}

/** The tests that failed, as vitest's report or Playwright's names them. */
function failedTests(report) {
  if (report.testResults)
    return report.testResults.flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length) return failed.map(({ fullName }) => `${relative(root, name)} › ${fullName}`);
      return message ? [`${relative(root, name)}: ${message.split('\n')[0]}`] : [];
    });
  const within = ({ title, specs = [], suites = [] }) => [
    ...specs.filter(({ ok }) => !ok).map((spec) => `${title} › ${spec.title}`),
    ...suites.flatMap(within),
  ];
  return report.suites.flatMap(within);
}

/** Adds up what a runner reported; a runner that fell over without a report is a failure of its own. */
function countReport(name, file, code) {
  const path = join(results, file);
  if (!existsSync(path)) return fail([`${name}: no report`]);
  const report = JSON.parse(readFileSync(path, 'utf8'));
  totals.passed += report.numPassedTests ?? report.stats.expected + report.stats.flaky;
  totals.skipped += report.numPendingTests ?? report.stats.skipped;
  const failed = failedTests(report);
  if (failed.length) fail(failed);
  else if (code !== 0) fail([`${name}: exit code ${code}`]);
}

const vitest = (...projects) => [
  'run',
  '--config',
  '.config/vitest.config.ts',
  ...projects.flatMap((project) => ['--project', project]),
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=test-results/${projects.join('-')}.json`,
];

function verify() {
  step('messages', 'paraglide-js', [
    'compile',
    '--silent',
    '--project',
    'src/lib/i18n/project.inlang',
    '--outdir',
    'src/lib/i18n/paraglide',
  ]);
  step('types of the routes', 'svelte-kit', ['sync']);
  step('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
  step('lint, with the import arrows', 'eslint', [
    '-c',
    '.config/eslint.config.js',
    '--max-warnings',
    '0',
    '.',
  ]);
  step('types', 'svelte-check', ['--fail-on-warnings', '--output', 'human']);
  step('dead code', 'knip', ['--config', '.config/knip.json']);
  step('unit tests', 'vitest', vitest('unit'), { report: 'unit.json' });
}

function browser(name, folder) {
  step(name, 'playwright', ['test', '--config', `tests/${folder}/playwright.config.ts`], {
    report: `${folder}.json`,
    env: {
      ...environment,
      CHROMIUM_PATH: ensureChromium(),
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, `${folder}.json`),
    },
  });
}

ensurePackages();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
verify();
if (only !== 'verify') {
  ensureBuild();
  step('contract and sync tests', 'vitest', vitest('contract', 'sync'), { report: 'contract-sync.json' });
  browser('the store in a browser', 'store-browser');
  browser('the app in a browser', 'e2e');
}

for (const name of failures) process.stdout.write(`\nfailed: ${name}`);
const skipped = totals.skipped ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exit(totals.failed ? 1 : 0);
