/** Every endpoint of the protocol: one that is not here does not exist. */
import type { Endpoint } from '../http/endpoint.ts';
import { allDbs, dbsInfo } from './all-dbs.ts';
import { allDocs, designDocs } from './all-docs.ts';
import { bulkDocs } from './bulk-docs.ts';
import { bulkGet } from './bulk-get.ts';
import { changes } from './changes.ts';
import { database } from './database.ts';
import {
  compact,
  compactViews,
  ensureFullCommit,
  purge,
  purgedInfosLimit,
  revsLimit,
  security,
  viewCleanup,
} from './database-settings.ts';
import { databaseUpdates } from './database-updates.ts';
import { document } from './document.ts';
import { explain, find } from './find.ts';
import { indexBulkDelete, indexRemovals, indexes } from './indexes.ts';
import { localDocs } from './local-docs.ts';
import { activeTasks, notHere } from './not-here.ts';
import { missingRevs, revsDiff } from './revs-diff.ts';
import { metrics, up, uuids, welcome } from './server-root.ts';
import { session } from './session.ts';
import { views } from './views.ts';

export const endpoints: readonly Endpoint[] = [
  welcome,
  up,
  metrics,
  uuids,
  allDbs,
  dbsInfo,
  databaseUpdates,
  activeTasks,
  ...notHere,
  session,
  database,
  security,
  revsLimit,
  purgedInfosLimit,
  purge,
  compact,
  compactViews,
  viewCleanup,
  ensureFullCommit,
  ...allDocs,
  ...designDocs,
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
  ...localDocs,
  document,
];
