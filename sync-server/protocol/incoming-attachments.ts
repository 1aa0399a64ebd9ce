/** Attachments as clients send them: inline (`data` in base64), as stubs, and with contents that follow. */
import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { IncomingAttachment } from '../engine/engine.ts';
import { HttpError, badRequest } from '../http/http-error.ts';

/** Contents that came beside a document, by name. */
export type Following = ReadonlyMap<string, Buffer>;

/** More than a request may have, packed or not. */
const mostUnpackedBytes = 64 * 2 ** 20;

/** The attachments of a document as it came. Throws CouchDB's 400s. */
export function attachmentsOf(
  { _attachments: attachments }: Readonly<Record<string, unknown>>,
  following: Following | undefined,
  isReplicated: boolean,
): ReadonlyMap<string, IncomingAttachment> | undefined {
  if (attachments === undefined) return undefined;
  if (!isObject(attachments))
    throw new HttpError(400, 'doc_validation', 'Bad special document member: _attachments');
  return new Map(
    Object.entries(attachments).map(([name, value]) => {
      checkAttachmentName(name);
      if (!isObject(value)) throw badRequest(`Invalid attachment ${name}`);
      return [name, attachmentOf(name, value, following?.get(name), isReplicated)];
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function attachmentOf(
  name: string,
  value: Record<string, unknown>,
  followed: Buffer | undefined,
  isReplicated: boolean,
): IncomingAttachment {
  const { content_type: type, data } = value;
  const contentType = typeof type === 'string' ? type : 'application/octet-stream';
  const given = Number.isSafeInteger(value.revpos) ? { revpos: value.revpos as number } : {};
  if (value.stub === true && data === undefined && value.follows !== true) return { contentType, ...given };
  // A content that an edit brings is of the edit's own generation, whatever the client copied from before.
  const common = { contentType, ...(isReplicated ? given : {}) };
  if (value.follows === true) {
    if (!followed) throw badRequest('The content of an attachment does not follow.');
    return { ...common, data: followedContent(name, value, followed) };
  }
  if (typeof data !== 'string' || !isBase64(data)) throw badRequest(`Invalid attachment data for ${name}`);
  return { ...common, data: Buffer.from(data, 'base64') };
}

/** What followed, as long as it was said to be and with its digest; unpacked where a CouchDB sends it packed. */
function followedContent(name: string, value: Record<string, unknown>, followed: Buffer): Buffer {
  const isPacked = value.encoding === 'gzip';
  const length = (isPacked && value.encoded_length) || (isPacked ? undefined : value.length);
  if (typeof length === 'number' && length !== followed.length)
    throw badRequest(`attachment ${followed.length < length ? 'shorter' : 'longer'} than expected`);
  const { digest } = value;
  if (
    typeof digest === 'string' &&
    digest.startsWith('md5-') &&
    digest !== `md5-${hash('md5', followed, 'base64')}`
  )
    throw badRequest(`The digest of the attachment ${name} is another.`);
  if (!isPacked) return followed;
  try {
    return gunzipSync(followed, { maxOutputLength: mostUnpackedBytes });
  } catch {
    throw badRequest(`The attachment ${name} cannot be unpacked.`);
  }
}

/** Whole groups of four letters, whatever space between them. */
function isBase64(text: string): boolean {
  const bare = text.replace(/\s/g, '');
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

/** CouchDB's rule for the name of an attachment. */
export function checkAttachmentName(name: string): void {
  if (name === '') throw badRequest('Attachment name is empty');
  if (name.startsWith('_'))
    throw badRequest(`Attachment name '${name}' starts with prohibited character '_'`);
}
