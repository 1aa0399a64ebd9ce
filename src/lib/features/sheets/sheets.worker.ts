/** Makes files of sheets beside the page: a term's takes many frames. */
import { canonicalJson } from '$lib/domain/canonical-json.ts';
import { checkCode } from '$lib/domain/sheet-codes.ts';
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import { attendancePaper } from '$lib/paper/attendance-sheet.ts';
import { certificatePaper } from '$lib/paper/certificate.ts';
import { readFromPage } from '$lib/paper/fonts.ts';
import { groupPaper } from '$lib/paper/group-sheet.ts';
import { fileOf, type Paper } from '$lib/paper/pages.ts';
import { pdfOf } from '$lib/paper/pdf.ts';
import type { SheetsAnswer, SheetsAsked, ToPrint } from './sheets-worker.ts';

const answer = (message: SheetsAnswer) => postMessage(message);

/** Of what a sheet says: the same sheet has the same code on every device, sent or not. */
async function codeOf({ sheet }: ToPrint): Promise<string> {
  const text = new TextEncoder().encode(canonicalJson(sheet));
  return checkCode(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
}

async function paperOf(one: ToPrint): Promise<Paper> {
  const code = await codeOf(one);
  switch (one.kind) {
    case 'meeting':
      return attendancePaper(one.sheet, one.doubts, code);
    case 'group':
      return groupPaper(one.sheet, one.doubts, code);
    case 'certificate':
      return certificatePaper(one.sheet, one.made, code);
    default:
      return one satisfies never;
  }
}

async function make({ all, title, locale, fonts }: SheetsAsked): Promise<void> {
  overwriteGetLocale(() => locale);
  const papers = await Promise.all(all.map(paperOf));
  let told = 0;
  const bytes = await pdfOf(fileOf(papers, title, location.origin), readFromPage(fonts), (progress) => {
    if (progress - told < 0.02) return;
    told = progress;
    answer({ progress });
  });
  answer({ bytes: new Uint8Array(bytes) });
}

addEventListener('message', ({ data }: MessageEvent<SheetsAsked>) => {
  make(data).catch((error: unknown) => answer({ failed: String(error) }));
});
