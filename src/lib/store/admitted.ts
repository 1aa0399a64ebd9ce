/** Which documents of a replica the screens may meet: those that pass their schema. */
import { parseDocument } from '../domain/documents.ts';
import { indexOptions } from './indexes.ts';
import type { ReplicaOptions } from './pouchdb-adapter/tables.ts';

/** The replica of one of our databases, for whoever writes documents to it. */
export const replicaOptions: ReplicaOptions = {
  ...indexOptions,
  // What fails its schema, or has an id of another type, is kept, and stays out of every index: no screen meets it.
  admits: (body) => {
    const id = String(body._id);
    return id.startsWith('_design/') || (id.startsWith(`${String(body.type)}:`) && parseDocument(body).ok);
  },
};
