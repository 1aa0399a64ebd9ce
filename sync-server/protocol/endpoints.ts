/** Every endpoint of the protocol: one that is not here does not exist. */
import type { Endpoint } from '../http/endpoint.ts';
import { allDocs } from './all-docs.ts';
import { bulkDocs } from './bulk-docs.ts';
import { bulkGet } from './bulk-get.ts';
import { changes } from './changes.ts';
import { database } from './database.ts';
import { compact, ensureFullCommit, purgedInfosLimit, revsLimit, security } from './database-settings.ts';
import { document } from './document.ts';
import { localDocs } from './local-document.ts';
import { missingRevs, revsDiff } from './revs-diff.ts';
import { allDbs, up, uuids, welcome } from './server-root.ts';
import { session } from './session.ts';

export const endpoints: readonly Endpoint[] = [
  welcome,
  up,
  uuids,
  allDbs,
  session,
  database,
  security,
  revsLimit,
  purgedInfosLimit,
  compact,
  ensureFullCommit,
  allDocs,
  bulkDocs,
  bulkGet,
  changes,
  revsDiff,
  missingRevs,
  localDocs,
  document,
];
