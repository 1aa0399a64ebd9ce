/** Documents with attachments beside them: `multipart/related`, and several such in `multipart/mixed` (RFC 2046). */
import { randomUUID } from 'node:crypto';
import type { Answer, Call } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { parseJson } from '../http/json.ts';
import { asObject } from './incoming.ts';
import { checkRevision } from './incoming.ts';

/** Whether the client names this type itself. */
export const accepts = ({ headers }: Call, type: string) => String(headers.accept ?? '').includes(type);

/** Whether it takes this type: as a CouchDB, one that says nothing takes anything. */
export const takes = (call: Call, type: 'multipart/mixed' | 'multipart/related') =>
  call.headers.accept === undefined || ['*/*', 'multipart/*', type].some((name) => accepts(call, name));

/** Whether contents are asked for, and which revisions the client has already. */
export function contentsAsked({ query }: Call): { since: readonly string[] } | undefined {
  const since = query.json('atts_since');
  if (since !== undefined && !Array.isArray(since)) throw badRequest('Invalid list of revisions');
  if (!query.isOn('attachments') && since === undefined) return undefined;
  return { since: (since ?? []).map(checkRevision) };
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Buffer;
}

const blank = Buffer.from('\r\n\r\n');

/** Takes a multipart body apart; throws a 400 when it is none. */
function partsOf(body: Buffer, boundary: string): Part[] {
  const mark = Buffer.from(`\r\n--${boundary}`);
  // The first boundary may stand at the very beginning.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  let at = whole.indexOf(mark);
  while (at >= 0) {
    const after = at + mark.length;
    if (whole.subarray(after, after + 2).toString() === '--') return parts;
    const next = whole.indexOf(mark, after);
    const headEnd = whole.indexOf(blank, after);
    if (next < 0 || headEnd < 0 || headEnd > next) break;
    const head = whole.subarray(after, headEnd).toString('latin1');
    const headers = head.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    });
    parts.push({ headers: new Map(headers), content: whole.subarray(headEnd + blank.length, next) });
    at = next;
  }
  throw badRequest('The multipart body ends too early.');
}

/** The document of a `multipart/related` request and what follows it; `undefined` for any other request. */
export function related(
  call: Call,
): { document: unknown; following: ReadonlyMap<string, Buffer> } | undefined {
  const type = String(call.headers['content-type'] ?? '');
  if (!/^multipart\/related/i.test(type)) return undefined;
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  const [first, ...rest] = partsOf(call.bytes, boundary?.[1] ?? boundary?.[2] ?? '');
  if (!boundary || !first) throw badRequest('The multipart body has no parts.');
  const document = parseJson(first.content);
  // They follow in the order in which the document names them.
  const stubs = Object.entries(asObject(asObject(document)._attachments ?? {}));
  const names = stubs.filter(([, stub]) => (stub as { follows?: unknown } | null)?.follows === true);
  if (names.length !== rest.length)
    throw badRequest('The attachments that follow are not those that are named.');
  return {
    document,
    following: new Map(names.map(([name], at) => [name, Buffer.from(rest[at]?.content ?? '')])),
  };
}

interface Inline {
  readonly content_type: string;
  readonly data?: string;
}

/** A name where a line or a quotation mark may end it: as it is, but for these. */
const inHeader = (text: string) => text.replaceAll(/[\p{Cc}"\\]/gu, (sign) => encodeURIComponent(sign));

const newBoundary = () => randomUUID().replaceAll('-', '');

/** A document's text as multipart/related; `undefined` when it has no contents to send beside it. */
function relatedBody(text: string): { type: string; content: Buffer } | undefined {
  if (!text.includes('"_attachments"')) return undefined;
  const document = JSON.parse(text) as { _attachments?: Record<string, Inline> };
  const contents = Object.entries(document._attachments ?? {}).flatMap(([name, { data, content_type }]) =>
    data === undefined ? [] : [{ name, type: content_type, bytes: Buffer.from(data, 'base64') }],
  );
  if (contents.length === 0) return undefined;
  const boundary = newBoundary();
  const outside = Object.entries(document._attachments ?? {}).map(([name, { data, ...stub }]) => [
    name,
    data === undefined ? stub : { ...stub, length: Buffer.byteLength(data, 'base64'), follows: true },
  ]);
  const head = JSON.stringify({ ...document, _attachments: Object.fromEntries(outside) as unknown });
  const pieces = [Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n${head}`)];
  for (const { name, type, bytes } of contents)
    pieces.push(
      Buffer.from(
        `\r\n--${boundary}\r\nContent-Disposition: attachment; filename="${inHeader(name)}"\r\n` +
          `Content-Type: ${type.replaceAll(/\p{Cc}/gu, '')}\r\nContent-Length: ${bytes.length}\r\n\r\n`,
      ),
      bytes,
    );
  pieces.push(Buffer.from(`\r\n--${boundary}--`));
  return { type: `multipart/related; boundary="${boundary}"`, content: Buffer.concat(pieces) };
}

/** One document with its attachments beside it; plain JSON when it has none. */
export function relatedAnswer(text: string): Answer {
  const body = relatedBody(text);
  return body ? { bytes: body } : { raw: text };
}

/** A part of a mixed answer: a document's text, or JSON that says why there is none. */
export interface MixedPart {
  readonly id?: string;
  readonly document?: string;
  readonly error?: string;
}

/** Several documents, each with its attachments. */
export function mixedAnswer(parts: readonly MixedPart[]): Answer {
  const boundary = newBoundary();
  const pieces = parts.map(({ id, document, error }) => {
    const rev = document === undefined ? undefined : /"_rev":"([^"]*)"/.exec(document)?.[1];
    const named = id === undefined ? '' : `X-Doc-Id: ${inHeader(id)}\r\nX-Rev-Id: ${rev}\r\n`;
    const body = document === undefined ? undefined : relatedBody(document);
    const type =
      body?.type ?? (document === undefined ? 'application/json; error="true"' : 'application/json');
    return Buffer.concat([
      Buffer.from(`--${boundary}\r\n${named}Content-Type: ${type}\r\n\r\n`),
      body?.content ?? Buffer.from(document ?? error ?? '{}'),
      Buffer.from('\r\n'),
    ]);
  });
  return {
    bytes: {
      type: `multipart/mixed; boundary="${boundary}"`,
      content: Buffer.concat([...pieces, Buffer.from(`--${boundary}--`)]),
    },
  };
}
