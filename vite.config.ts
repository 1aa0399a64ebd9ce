import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { listCoordinatorFiles } from './.config/coordinator-files.ts';
import { frenchHolidays } from './.config/french-holidays.ts';
import { mayExportMore, sharedFiles } from './.config/shared-files.ts';
import { signFontModule } from './.config/sign-font.ts';

export default defineConfig({
  plugins: [
    frenchHolidays,
    signFontModule,
    paraglideVitePlugin({
      project: './src/lib/i18n/project.inlang',
      outdir: './src/lib/i18n/paraglide',
      // The choice itself is a rune of ours (src/lib/i18n/locale.svelte.ts).
      strategy: ['baseLocale'],
      emitTsDeclarations: true,
    }),
    sveltekit(),
    listCoordinatorFiles(),
    mayExportMore,
  ],
  // Dexie's own choice is its UMD build: larger, and it drags a CommonJS chunk into the first screen.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  // `npm run dev` beside `npm run demo`: the same origin for both, as in the real thing.
  server: { proxy: { '/couch': 'http://localhost:8014' } },
  build: {
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: { groups: sharedFiles },
      },
      treeshake: {
        // These define functions and do nothing else when loaded, and do not say so: what is unused need not come. Of
        // Svelte, the part for custom elements, of which there are none, its collections, and what moves and measures.
        moduleSideEffects: [
          {
            test: /node_modules\/(pouchdb-(utils|merge|errors|md5|binary-utils)|spark-md5|uuid)\/|\/svelte\/src\/(reactivity|internal\/client\/(dom\/elements\/(custom-element|transitions|bindings\/size)|loop|timing))/,
            sideEffects: false,
          },
        ],
      },
    },
  },
  // SvelteKit's own cookie parser, not the one that another package hoists to the top.
  ssr: { noExternal: ['cookie'] },
});
