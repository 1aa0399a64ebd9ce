import { become, ensureBuild, ensurePackages } from './prepare.mjs';

ensurePackages();
ensureBuild();
become('sync-server/demo.ts', process.argv.slice(2));
