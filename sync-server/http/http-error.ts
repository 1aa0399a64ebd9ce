/** The one error that the protocol speaks: a status, CouchDB's `error` word and a reason in plain English. */
export class HttpError extends Error {
  readonly status: number;
  readonly error: string;
  readonly reason: string;

  constructor(status: number, error: string, reason: string) {
    super(`${status} ${error}`);
    this.status = status;
    this.error = error;
    this.reason = reason;
  }
}

export const badRequest = (reason: string) => new HttpError(400, 'bad_request', reason);
export const queryParseError = (reason: string) => new HttpError(400, 'query_parse_error', reason);
export const unauthorized = (reason: string) => new HttpError(401, 'unauthorized', reason);
export const forbidden = (reason: string) => new HttpError(403, 'forbidden', reason);
export const lockedOut = () =>
  forbidden('Account is temporarily locked due to multiple authentication failures');
export const notFound = (reason: 'missing' | 'deleted' | 'Database does not exist.') =>
  new HttpError(404, 'not_found', reason);
export const conflict = () => new HttpError(409, 'conflict', 'Document update conflict.');
export const tooLarge = (reason: string) => new HttpError(413, 'document_too_large', reason);
