/** Which documents of a replica the screens may meet: those that pass their schema. */
import { parseDocument } from '../domain/documents.ts';
import { indexOptions } from './indexes.ts';
import type { ReplicaOptions } from './pouchdb-adapter/tables.ts';

/** The replica of one of our databases, for whoever writes documents to it. */
export const replicaOptions: ReplicaOptions = {
  ...indexOptions,
  // What fails its schema is kept, and stays out of every index: no screen meets it.
  admits: (body) =>
    (typeof body._id === 'string' && body._id.startsWith('_design/')) || parseDocument(body).ok,
};
