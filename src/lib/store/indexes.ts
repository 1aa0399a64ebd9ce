/** Which fields of our documents the device indexes: all that typed queries look up by. */
import type { ReplicaOptions } from './pouchdb-adapter/tables.ts';

/** Fields by which documents of a type are found. */
const lookups = ['date', 'group', 'occurrence', 'participant'] as const;
export type Lookup = (typeof lookups)[number];

const fields = ['type', ...lookups] as const;

/** The tables of one of our databases. Raise `version` with every change of the indexes. */
export const indexOptions: ReplicaOptions = {
  version: 2,
  indexes: lookups.map((lookup) => `[type+${lookup}]`),
  lift(body) {
    const lifted: Record<string, unknown> = {};
    for (const field of fields) if (typeof body[field] === 'string') lifted[field] = body[field];
    return lifted;
  },
};
