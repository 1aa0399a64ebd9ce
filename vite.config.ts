import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { listCoordinatorFiles } from './.config/coordinator-files.ts';
import { frenchHolidays } from './.config/french-holidays.ts';

export default defineConfig({
  plugins: [
    frenchHolidays,
    paraglideVitePlugin({
      project: './src/lib/i18n/project.inlang',
      outdir: './src/lib/i18n/paraglide',
      // The choice itself is a rune of ours (src/lib/i18n/locale.svelte.ts).
      strategy: ['baseLocale'],
      emitTsDeclarations: true,
    }),
    sveltekit(),
    listCoordinatorFiles(),
  ],
  // Dexie's own choice is its UMD build: larger, and it drags a CommonJS chunk into the first screen.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  // `npm run dev` beside `npm run demo`: the same origin for both, as in the real thing.
  server: { proxy: { '/couch': 'http://localhost:8014' } },
  build: {
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Small pieces that every screen shares travel together: apart, each costs a request and its own dictionary.
          groups: [
            {
              name: 'base',
              test: new RegExp(
                'src/lib/(?:domain/(?:ids|local-time|roster|schedule)|store/meetings|sync/request' +
                  '|i18n/(?:dates|locale|paraglide/runtime)|features/(?:offline/offline-app|shell/device-gate)' +
                  '|features/sync-status/(?:pill-view|sheet-state)' +
                  '|i18n/paraglide/messages/(?:shell_(?:app|reload|enrolment|desk|term|team|day)|sync_status_(?:carried|to_send))' +
                  '|ui/(?:BottomNav|Rail|LiveRegion|announce|busy|Icon|icons|Sky|Star|Toast|Item|List|Button|Banner' +
                  '|Chip|EmptyState|PageTitle|back-stack|pill-slot|star-path|ProgressBar))\\.' +
                  '|/svelte/src/legacy/',
              ),
            },
            { name: 'dexie', test: /\/dexie\// },
            // What opens with the databases: « Aujourd'hui » and all after it.
            {
              name: 'device',
              test: new RegExp(
                'src/lib/(?:domain/(?:documents|documents/\\w+|canonical-json|content-hash|meeting-place)' +
                  '|store/(?:store|outbox|commit|leaves|replicated|carried|held|live|admitted|indexes|open-\\w+' +
                  '|pouchdb-adapter/(?:growth|tables))' +
                  '|sync/(?:account-databases|device|engine|standing|self-description|first-pull|rights|one-tab|longpoll' +
                  '|triggers|clock-skew|back-off|status|persistence)' +
                  '|i18n/paraglide/messages/(?:shell_(?:no_term|no_term_body|prepare_term)|transfer_receive_link)' +
                  '|ui/ChoiceChips)\\.',
              ),
            },
          ],
        },
      },
      treeshake: {
        // PouchDB's packages define functions and do nothing else when loaded: what is unused need not come. They do not
        // say so themselves; the others do (a function here would not ask them).
        moduleSideEffects: [
          {
            test: /node_modules\/(pouchdb-(utils|merge|errors|md5|binary-utils)|spark-md5|uuid)\/|\/svelte\/src\/(reactivity|internal\/client\/dom\/elements\/custom-element)/,
            sideEffects: false,
          },
        ],
      },
    },
  },
  // SvelteKit's own cookie parser, not the one that another package hoists to the top.
  ssr: { noExternal: ['cookie'] },
});
