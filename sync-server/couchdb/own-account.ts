/** The own account, read and given a new password: a CouchDB shows `_users` to its administrators alone. */
import type { Answer, Call, Endpoint } from '../http/endpoint.ts';
import { badRequest, conflict, notFound } from '../http/http-error.ts';
import { asObject } from '../protocol/incoming.ts';
import { revisionText } from '../protocol/outgoing.ts';
import { piecesOf } from '../protocol/path.ts';
import { revisionOfRequest } from '../protocol/right-to-write.ts';
import { isOwnAccount, withHashedPassword, withoutSecrets } from '../protocol/users-document.ts';
import { CouchFailed, type CouchClient } from './client.ts';
import type { Mirror } from './mirror.ts';

/** `/_users/org.couchdb.user:{name}` of its owner; administrators are handed on before they come here. */
export const ownAccountEndpoint = (couch: CouchClient, mirror: Mirror): Endpoint => ({
  methods: ['GET', 'HEAD', 'PUT'],
  path: '/:db/*',
  access: 'member',
  handle(call) {
    const id = piecesOf(call.rawPath).slice(1).join('/');
    if (call.database.name !== '_users' || !isOwnAccount(call.user, id)) throw notFound('missing');
    return call.method === 'PUT' ? put(call, couch, mirror, id) : read(call, id);
  },
});

function read({ database }: Call, id: string): Answer {
  const row = database.row(id);
  const text = row && revisionText(database, row, row.rev);
  if (!row || text === undefined) throw notFound('missing');
  return { headers: { etag: `"${row.rev}"` }, raw: withoutSecrets(text) };
}

async function put(call: Call, couch: CouchClient, mirror: Mirror, id: string): Promise<Answer> {
  const value = asObject(call.json());
  if (value._id !== undefined && value._id !== id)
    throw badRequest('Document ID must match the ID in the URL');
  const { _id, _rev, ...account } = await withHashedPassword(call, id, value);
  const rev = revisionOfRequest(call) ?? _rev;
  const path = `/_users/${encodeURIComponent(id)}`;
  const { status, json } = await couch.ask('PUT', path, {
    ...account,
    ...(rev === undefined ? {} : { _rev: rev }),
  });
  if (status === 409) throw conflict();
  if (status >= 300) throw new CouchFailed(`${couch.address} answers ${status}.`, status);
  await mirror.refresh();
  return { status: 201, body: json };
}
