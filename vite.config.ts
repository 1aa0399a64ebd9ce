import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './src/lib/i18n/project.inlang',
      outdir: './src/lib/i18n/paraglide',
      // The choice itself is a rune of ours (src/lib/i18n/locale.svelte.ts).
      strategy: ['baseLocale'],
      emitTsDeclarations: true,
    }),
    sveltekit(),
  ],
  build: { target: 'es2022' },
  // SvelteKit's own cookie parser, not the one that another package hoists to the top.
  ssr: { noExternal: ['cookie'] },
});
