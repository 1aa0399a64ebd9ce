/** The one way by which the protocol writes documents: the database's rules are asked first, whoever writes and however. */
import { refusals, whyNotTaken, type Refusal } from '../design/validate.ts';
import { MissingStub, type Incoming, type Written } from '../engine/engine.ts';
import type { Call } from '../http/endpoint.ts';
import { HttpError, conflict } from '../http/http-error.ts';

export type Outcome =
  Written | ({ readonly ok: false; readonly id: string; readonly why: 'refused' } & Refusal);

/** Writes what the rules allow, in one transaction; answers in the order given. */
export function writeDocuments({ database, user }: Call, documents: readonly Incoming[]): Outcome[] {
  // Nothing else runs between the question and the write: what was asked about is what is there.
  const refused = refusals(database, documents, user).map((refusal, at) => refusal ?? fault(documents[at]));
  const written = write(
    database,
    documents.filter((_, at) => refused[at] === undefined),
  ).values();
  return documents.map(({ id }, at): Outcome => {
    const refusal = refused[at];
    if (refusal) return { ok: false, id, why: 'refused', ...refusal };
    return written.next().value as Written;
  });
}

const fault = (document: Incoming | undefined) =>
  document?.id.startsWith('_design/') ? whyNotTaken(document.body) : undefined;

function write(database: Call['database'], documents: readonly Incoming[]): Written[] {
  try {
    return database.write(documents);
  } catch (error) {
    if (!(error instanceof MissingStub)) throw error;
    const { id, attachment } = error;
    throw new HttpError(412, 'missing_stub', `Invalid attachment stub in ${id} for ${attachment}`);
  }
}

/** Writes one document; throws CouchDB's error when it may not or cannot be. */
export function writeDocument(call: Call, document: Incoming): Extract<Written, { ok: true }> {
  const [outcome] = writeDocuments(call, [document]);
  if (outcome?.ok) return outcome;
  if (outcome?.why === 'refused') throw new HttpError(outcome.status, outcome.error, outcome.reason);
  throw conflict();
}
