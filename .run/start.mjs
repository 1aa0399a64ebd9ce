import { become, ensureBuild, ensurePackages } from './prepare.mjs';

ensurePackages();
ensureBuild();
become('sync-server/main.ts', process.argv.slice(2));
