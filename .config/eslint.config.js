import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from '../svelte.config.js';

/** What each folder may import of ours: the arrows of the README's picture. A folder not named is forbidden. */
const arrows = {
  'src/lib/domain': [],
  'src/lib/store': ['src/lib/domain'],
  'src/lib/sync': ['src/lib/domain', 'src/lib/store'],
  'src/lib/ui': [],
  'src/lib/i18n': ['src/lib/domain'],
  'src/lib/paper': ['src/lib/domain', 'src/lib/i18n'],
  'src/lib/features': [
    'src/lib/domain',
    'src/lib/store',
    'src/lib/sync',
    'src/lib/ui',
    'src/lib/i18n',
    'src/lib/paper',
  ],
  'src/routes': ['src/lib/features', 'src/lib/ui', 'src/lib/i18n'],
  'src/service-worker': ['src/lib/domain', 'src/lib/store', 'src/lib/sync'],
  'sync-server/revisions': [],
  'sync-server/selectors': [],
  'sync-server/engine': ['sync-server/revisions'],
  'sync-server/accounts': ['sync-server/engine', 'sync-server/revisions', 'src/lib/domain'],
  'sync-server/design': ['sync-server/engine', 'sync-server/revisions', 'src/lib/domain'],
  'sync-server/api': ['sync-server/engine', 'sync-server/accounts', 'sync-server/design', 'src/lib/domain'],
  'sync-server/couchdb': [
    'sync-server/engine',
    'sync-server/revisions',
    'sync-server/protocol',
    'sync-server/accounts',
    'sync-server/api',
    'sync-server/design',
  ],
  'sync-server/keeping': ['sync-server/engine', 'sync-server/revisions'],
  'sync-server/protocol': [
    'sync-server/engine',
    'sync-server/revisions',
    'sync-server/accounts',
    'sync-server/design',
    'sync-server/selectors',
  ],
};
const folders = Object.keys(arrows);

const zones = folders.flatMap((folder) => [
  {
    target: `./${folder}`,
    from: folders.filter((other) => other !== folder && !arrows[folder].includes(other)).map((x) => `./${x}`),
    message: `${folder} may import only: ${arrows[folder].join(', ') || 'nothing of ours'}`,
  },
  { target: `./${folder}`, from: './tests', message: 'shipped code does not import tests' },
  ...(folder.startsWith('src/')
    ? [{ target: `./${folder}`, from: './sync-server', message: 'the app does not import the server' }]
    : []),
]);

/** The libraries a folder may use; the rest of the folders are free. */
const libraries = {
  'src/lib/domain': ['zod', 'zod/mini'],
  'src/lib/ui': ['svelte', 'svelte/*', 'uqr', 'qr/*', 'layerchart/svg'],
};

export default ts.config(
  {
    ignores: ['node_modules/', '.svelte-kit/', 'build/', 'data/', 'src/lib/i18n/paraglide/', 'test-results/'],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: '.', zones }],
      '@typescript-eslint/no-explicit-any': 'error',
      // An ambient module may name our types in no other way than `import()`.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-undef': 'off',
      // Paths in this app are fixed at the root: no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
  },
  // Features do not know one another.
  {
    files: ['src/lib/features/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(\\$lib/features/|\\.\\./\\.\\./(?!domain|store|sync|ui|i18n|paper))',
              message: 'a feature never imports another',
            },
          ],
        },
      ],
    },
  },
  ...Object.entries(libraries).map(([folder, allowed]) => ({
    files: [`${folder}/**`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?!\\.|(${allowed.map((x) => x.replace('/*', '/.*')).join('|')})$)`,
              message: `${folder} uses only: ${allowed.join(', ')}`,
            },
          ],
        },
      ],
    },
  })),
  // The rules run on every CouchDB: in the JavaScript of their oldest engine.
  {
    files: ['sync-server/design/presence-rules.js'],
    rules: { 'no-var': 'off', '@typescript-eslint/no-unused-vars': 'off' },
  },
  // The domain has no clock.
  {
    files: ['src/lib/domain/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'indexedDB', 'fetch'],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'callers pass `now`' },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'callers pass `now`',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'callers pass randomness',
        },
      ],
    },
  },
);
