/** What is asked of the worker that makes the report's files, and heard from it. */
import { getLocale, type Locale } from '$lib/i18n/paraglide/runtime.js';
import type { PrintedReport } from '$lib/paper/annual-report/printed.ts';
import { fontFiles } from '$lib/paper/fonts.ts';

export type FileKind = 'pdf' | 'docx';

export const mediaTypes: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

export interface FileAsked {
  readonly kind: FileKind;
  readonly report: PrintedReport;
  readonly locale: Locale;
  /** Addresses of the fonts of paper, as the page has them. */
  readonly fonts: readonly string[];
}

export type FileAnswer = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly failed: string };

/** @throws when it could not be made: what makes it is not on this device */
export function makeFile(kind: FileKind, report: PrintedReport): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL('./files.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Uint8Array<ArrayBuffer>>((made, fail) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FileAnswer>) => {
      if ('bytes' in data) made(data.bytes);
      else fail(new Error(data.failed));
    });
    worker.addEventListener('error', ({ message }) => fail(new Error(message)));
    const asked: FileAsked = { kind, report, locale: getLocale(), fonts: fontFiles };
    worker.postMessage(asked);
  }).finally(() => worker.terminate());
}
