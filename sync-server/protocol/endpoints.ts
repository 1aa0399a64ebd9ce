/** Every endpoint of the protocol: one that is not here does not exist. */
import type { Endpoint } from '../http/endpoint.ts';
import { allDocs } from './all-docs.ts';
import { bulkDocs } from './bulk-docs.ts';
import { bulkGet } from './bulk-get.ts';
import { changes } from './changes.ts';
import { database } from './database.ts';
import {
  compact,
  ensureFullCommit,
  purge,
  purgedInfosLimit,
  revsLimit,
  security,
} from './database-settings.ts';
import { databaseUpdates } from './database-updates.ts';
import { document } from './document.ts';
import { explain, find } from './find.ts';
import { indexBulkDelete, indexRemovals, indexes } from './indexes.ts';
import { localDocs } from './local-document.ts';
import { missingRevs, revsDiff } from './revs-diff.ts';
import { allDbs, metrics, up, uuids, welcome } from './server-root.ts';
import { session } from './session.ts';
import { views } from './views.ts';

export const endpoints: readonly Endpoint[] = [
  welcome,
  up,
  metrics,
  uuids,
  allDbs,
  databaseUpdates,
  session,
  database,
  security,
  revsLimit,
  purgedInfosLimit,
  purge,
  compact,
  ensureFullCommit,
  allDocs,
  bulkDocs,
  bulkGet,
  changes,
  find,
  explain,
  indexes,
  indexBulkDelete,
  ...indexRemovals,
  ...views,
  revsDiff,
  missingRevs,
  localDocs,
  document,
];
