/** A device whose credential was taken back hands in to a CouchDB, which knows nothing of devices. */
import * as z from 'zod/mini';
import type { Endpoint } from '../http/endpoint.ts';
import { HttpError, notFound } from '../http/http-error.ts';
import { whyNotHandedIn } from '../protocol/hand-in.ts';
import { asObject } from '../protocol/incoming.ts';
import type { CouchClient, Credentials } from './client.ts';

const rows = z.array(z.unknown());

/** `POST /{db}/_bulk_docs` of such a device; others are handed on before they come here. */
export const handInEndpoint = (
  couch: CouchClient,
  credentialsOf: (name: string) => Credentials,
): Endpoint => ({
  methods: ['POST'],
  path: '/:db/_bulk_docs',
  access: 'anyone',
  forRevoked: ['POST'],
  async handle({ user, params, json }) {
    if (user.name === null || !user.device?.isRevoked) throw notFound('missing');
    const { docs } = asObject(json());
    if (!Array.isArray(docs)) throw new HttpError(400, 'bad_request', '`docs` parameter must be an array.');
    const refused: object[] = [];
    const taken = docs.map(asObject).filter((document) => {
      const reason = whyNotHandedIn(document, user.name);
      if (reason !== undefined)
        refused.push({ id: document._id, rev: document._rev, error: 'forbidden', reason });
      return reason === undefined;
    });
    const { status, json: said } = await couch.ask(
      'POST',
      `/${encodeURIComponent(params.db ?? '')}/_bulk_docs`,
      { new_edits: false, docs: taken },
      credentialsOf(user.name),
    );
    const answered = z.safeParse(rows, said);
    return { status, body: answered.success ? [...answered.data, ...refused] : said };
  },
});
