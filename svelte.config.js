import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** The app is one page that works without a network: no server rendering, one fallback page. */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true) },
  kit: {
    adapter: adapter({ fallback: 'index.html', strict: false }),
    // The service worker registers itself after the first screen (src/lib/features/offline).
    serviceWorker: { register: false },
    files: { serviceWorker: 'src/service-worker' },
    version: { pollInterval: 0 },
  },
};
