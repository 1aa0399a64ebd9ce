/** Makes the report's files beside the page: each library comes with its first file. */
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import { readFromPage } from '$lib/paper/fonts.ts';
import type { FileAnswer, FileAsked } from './files-worker.ts';

const answer = (message: FileAnswer) => postMessage(message);

async function made({ kind, report, fonts }: FileAsked): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'docx') {
    const [{ reportDocx }, { picturesOf }] = await Promise.all([
      import('$lib/paper/annual-report/report-docx.ts'),
      import('./pictures.ts'),
    ]);
    return reportDocx(report, await picturesOf(report, readFromPage(fonts)));
  }
  const [{ reportPdf }, { pdfOf }] = await Promise.all([
    import('$lib/paper/annual-report/report-pdf.ts'),
    import('$lib/paper/pdf.ts'),
  ]);
  return new Uint8Array(await pdfOf(reportPdf(report), readFromPage(fonts)));
}

addEventListener('message', ({ data }: MessageEvent<FileAsked>) => {
  overwriteGetLocale(() => data.locale);
  made(data).then(
    (bytes) => answer({ bytes }),
    (error: unknown) => answer({ failed: String(error) }),
  );
});
