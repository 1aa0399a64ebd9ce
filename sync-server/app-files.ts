/** Serves the built app: strict content-security policy, right caching, compressed once at the start. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/;

interface AppFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
  readonly isForever: boolean;
}

/** Inline scripts of the page may run by the hash of their text and in no other way. */
function contentSecurityPolicy(page: string): string {
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    `default-src 'none'`,
    `script-src 'self' ${scripts.join(' ')}`.trim(),
    `style-src 'self'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Headers of every answer, the protocol's too. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), microphone=(), camera=(self), payment=(), usb=()',
};

function load(folder: string): Map<string, AppFile> {
  const files = new Map<string, AppFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    const plain = readFileSync(path);
    const type = types[extname(entry.name)] ?? 'application/octet-stream';
    files.set(url, {
      type,
      plain,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      isForever: url.startsWith('/_app/immutable/'),
      ...(compressible.test(type) && plain.length > 512
        ? {
            br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
            gzip: gzipSync(plain, { level: 9 }),
          }
        : {}),
    });
  }
  return files;
}

/** What the browser can unpack; `br;q=0` says that it cannot. */
const acceptedEncodings = (request: FastifyRequest) =>
  new Set(
    String(request.headers['accept-encoding'] ?? '')
      .split(',')
      .map((part) => part.trim().split(/\s*;\s*/))
      .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
      .map(([encoding]) => encoding),
  );

/**
 * Answers `GET` of the app's files, and of any other path with the app's one page (the app finds its way by itself).
 * @param folder the built app; when it holds no `index.html` nothing is served
 */
export function serveApp(app: FastifyInstance, folder: string): void {
  const files = load(folder);
  const page = files.get('/index.html');
  if (!page) return;
  const policy = contentSecurityPolicy(page.plain.toString('utf8'));

  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
    const isAsset = path.startsWith('/_app/') || /\.[a-z0-9]+$/.test(path);
    const file = files.get(path) ?? (isAsset ? undefined : page);
    if (!file) return reply.code(404).type('text/plain; charset=utf-8').send('Not found');
    reply.headers({
      ...safetyHeaders,
      'content-type': file.type,
      'cache-control': file.isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
    });
    if (file === page) reply.header('content-security-policy', policy);
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
    const accepted = acceptedEncodings(request);
    for (const encoding of ['br', 'gzip'] as const) {
      const packed = file[encoding];
      if (packed && accepted.has(encoding)) return reply.header('content-encoding', encoding).send(packed);
    }
    return reply.send(file.plain);
  };
  app.get('/', handler);
  app.get('/*', handler);
}
