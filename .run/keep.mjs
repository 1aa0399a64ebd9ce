import { become, ensurePackages } from './prepare.mjs';

ensurePackages();
become('sync-server/keep.ts', process.argv.slice(2));
