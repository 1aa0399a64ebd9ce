/** Sheets become files: the one place that knows the library, which is loaded with the first sheet. */
import type { TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces';
import { families, fontFiles, readFromApp, type ReadFile } from './fonts.ts';

/** As much of the library as is used; the same in a browser and under Node. */
interface PdfMaker {
  readonly virtualfs: {
    existsSync(name: string): boolean;
    writeFileSync(name: string, content: Uint8Array): void;
  };
  setFonts(fonts: TFontDictionary): void;
  setUrlAccessPolicy(mayFetch: (url: string) => boolean): void;
  setLocalAccessPolicy?(mayRead: (path: string) => boolean): void;
  setProgressCallback(callback: (share: number) => void): void;
  createPdf(sheet: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> };
}

async function pdfMaker(read: ReadFile): Promise<PdfMaker> {
  const library = (await import('pdfmake')) as unknown as { readonly default: PdfMaker };
  const maker = library.default;
  await Promise.all(
    fontFiles
      .filter((file) => !maker.virtualfs.existsSync(file))
      .map(async (file) => maker.virtualfs.writeFileSync(file, await read(file))),
  );
  maker.setFonts(families);
  // Whatever a theme holds, nothing is fetched for a sheet.
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy?.(() => false);
  return maker;
}

/**
 * The bytes of a PDF.
 * @param onProgress told from 0 to 1 while pages are written, after they were laid out
 * @throws when a font or the library cannot be had
 */
export async function pdfOf(
  sheet: TDocumentDefinitions,
  read = readFromApp,
  onProgress: (share: number) => void = () => undefined,
): Promise<Uint8Array> {
  const maker = await pdfMaker(read);
  maker.setProgressCallback(onProgress);
  return maker.createPdf(sheet).getBuffer();
}
