import type { Database } from '../engine/engine.ts';
import type { Answer, Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, badRequest, notFound } from '../http/http-error.ts';
import { writeEdit } from './document.ts';
import { asObject, checkId } from './incoming.ts';
import { newId } from './new-id.ts';
import { sequenceText } from './sequence.ts';

const legalName = /^[a-z][a-z0-9_$()+/-]{0,237}$/;

/** `/{db}`: create, describe, delete a database; `POST` writes a document with an id of the server's making. */
export const database: Endpoint = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
  path: '/:db',
  access: { GET: 'member', HEAD: 'member', POST: 'member', PUT: 'serverAdmin', DELETE: 'serverAdmin' },
  forRevoked: ['GET', 'HEAD'],
  handle(call) {
    switch (call.method) {
      case 'PUT':
        return create(call);
      case 'DELETE':
        return destroy(call);
      case 'POST':
        return post(call);
      default:
        return { body: infoOf(call.database) };
    }
  },
};

export const illegalDatabaseName = (name: string) =>
  new HttpError(
    400,
    'illegal_database_name',
    `Name: '${name}'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter.`,
  );

function create(call: Call): Answer {
  const name = call.params.db ?? '';
  if (!legalName.test(name) && name !== '_users') throw illegalDatabaseName(name);
  for (const parameter of ['q', 'n'])
    if (!/^[1-9]\d*$/.test(call.query.text(parameter) ?? '1'))
      throw badRequest(`The \`${parameter}\` value should be a positive integer.`);
  if (call.query.isOn('partitioned'))
    throw new HttpError(501, 'not_implemented', 'Partitioned databases are not made by this server.');
  if (!call.service.engine.create(name).ok)
    throw new HttpError(412, 'file_exists', 'The database could not be created, the file already exists.');
  return {
    status: 201,
    headers: { location: `${call.origin}/${encodeURIComponent(name)}` },
    body: { ok: true },
  };
}

function destroy({ query, service, params }: Call): Answer {
  // Somebody meant a document, and its id is missing.
  if (query.text('rev') !== undefined) throw badRequest('A database has no revision: was a document meant?');
  if (!service.engine.destroy(params.db ?? '')) throw notFound('Database does not exist.');
  return { body: { ok: true } };
}

async function post(call: Call): Promise<Answer> {
  const document = asObject(call.json());
  if (document._id !== undefined) return writeEdit(call, checkId(document._id), document);
  // What gets an id of the server's making is new, whatever revision it says that it has.
  const { _rev, ...fresh } = document;
  return writeEdit(call, newId(), fresh);
}

/** What is told of a database. */
export function infoOf(database: Database) {
  const info = database.info();
  const cluster = { q: 1, n: 1, w: 1, r: 1 };
  return {
    instance_start_time: String(info.createdAt),
    db_name: database.name,
    purge_seq: '0',
    update_seq: sequenceText(database, info.lastSeq),
    sizes: { file: info.fileBytes, external: info.fileBytes, active: info.fileBytes },
    props: {},
    doc_del_count: info.deleted,
    doc_count: info.documents,
    disk_format_version: 8,
    compact_running: false,
    cluster,
  };
}
