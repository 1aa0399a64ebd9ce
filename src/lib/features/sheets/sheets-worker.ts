/** What is asked of the worker that makes files of sheets, and heard from it. */
import type { Certificate } from '$lib/domain/attendance-certificate.ts';
import type { AttendanceSheet, Doubts } from '$lib/domain/attendance-sheet.ts';
import type { GroupSheet } from '$lib/domain/group-sheet.ts';
import { fontFiles } from '$lib/paper/fonts.ts';
import { getLocale, type Locale } from '$lib/i18n/paraglide/runtime.js';

/** Something that becomes a numbered sheet of its own in the file. */
export type ToPrint =
  | { readonly kind: 'meeting'; readonly sheet: AttendanceSheet; readonly doubts: Doubts }
  | { readonly kind: 'group'; readonly sheet: GroupSheet; readonly doubts: Doubts }
  /** `made`: local date. */
  | { readonly kind: 'certificate'; readonly sheet: Certificate; readonly made: string };

export interface SheetsAsked {
  readonly all: readonly ToPrint[];
  readonly title: string;
  readonly locale: Locale;
  /** Addresses of the fonts of paper, as the page has them. */
  readonly fonts: readonly string[];
}

/** `progress` goes from 0 to 1. */
export type SheetsAnswer =
  { readonly progress: number } | { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly failed: string };

/** @returns the bytes of the PDF @throws when it could not be made: its files are not on this device */
export function makePdf(
  all: readonly ToPrint[],
  title: string,
  onProgress: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL('./sheets.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Uint8Array<ArrayBuffer>>((made, fail) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SheetsAnswer>) => {
      if ('progress' in data) onProgress(data.progress);
      else if ('bytes' in data) made(data.bytes);
      else fail(new Error(data.failed));
    });
    worker.addEventListener('error', ({ message }) => fail(new Error(message)));
    const asked: SheetsAsked = { all, title, locale: getLocale(), fonts: fontFiles };
    worker.postMessage(asked);
  }).finally(() => worker.terminate());
}
