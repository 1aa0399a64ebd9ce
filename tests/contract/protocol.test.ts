import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { make, type Suite, type Target } from './exchange.ts';
import { allDocsExchanges } from './exchanges/all-docs.ts';
import { attachmentExchanges } from './exchanges/attachments.ts';
import { attachmentContentExchanges } from './exchanges/attachment-contents.ts';
import { bulkExchanges } from './exchanges/bulk.ts';
import { bulkGetExchanges } from './exchanges/bulk-get.ts';
import { byteRangeExchanges } from './exchanges/byte-ranges.ts';
import { changesExchanges } from './exchanges/changes.ts';
import { changesFeedExchanges } from './exchanges/changes-feeds.ts';
import { changesFilterExchanges } from './exchanges/changes-filters.ts';
import { conflictExchanges } from './exchanges/conflicts.ts';
import { designDocumentExchanges } from './exchanges/design-documents.ts';
import { documentExchanges } from './exchanges/documents.ts';
import { findExchanges } from './exchanges/find.ts';
import { findIndexExchanges } from './exchanges/find-indexes.ts';
import { listExchanges } from './exchanges/lists.ts';
import { localDocumentExchanges } from './exchanges/local-documents.ts';
import { refusalExchanges } from './exchanges/refusals.ts';
import { repeatedKeyExchanges } from './exchanges/repeated-keys.ts';
import { notRunExchanges } from './exchanges/not-run.ts';
import { revisionExchanges } from './exchanges/revisions.ts';
import { ruleExchanges } from './exchanges/rules.ts';
import { serverExchanges } from './exchanges/server.ts';
import { userExchanges } from './exchanges/users.ts';
import { targets } from './targets.ts';

const suites: readonly Suite[] = [
  serverExchanges,
  documentExchanges,
  localDocumentExchanges,
  bulkExchanges,
  bulkGetExchanges,
  conflictExchanges,
  revisionExchanges,
  allDocsExchanges,
  listExchanges,
  changesExchanges,
  changesFilterExchanges,
  changesFeedExchanges,
  userExchanges,
  refusalExchanges,
  repeatedKeyExchanges,
  ruleExchanges,
  findExchanges,
  findIndexExchanges,
  notRunExchanges,
  attachmentExchanges,
  attachmentContentExchanges,
  byteRangeExchanges,
  designDocumentExchanges,
];

for (const { title, open, isGiven } of targets)
  describe(`the protocol, ${title}`, () => {
    let target: Target;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target.close());

    for (const { about, exchanges } of suites)
      describe(about, () => {
        const kept = new Map([
          ['db', `contract-${Date.now().toString(36)}-${about.replaceAll(/[^a-z]/g, '')}`],
        ]);
        afterAll(() => make({ does: 'clears up', ask: 'DELETE /{db}', status: 200 }, target, kept));
        for (const exchange of exchanges.filter(({ onlyHere }) => !(isGiven && onlyHere)))
          it(exchange.does, async () => expect(await make(exchange, target, kept)).toBeUndefined());
      });
  });
