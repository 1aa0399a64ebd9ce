/** Sheets as the app prints them, and as a camera sees them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocumentProxy } from 'unpdf';
import type { Page } from '@playwright/test';

/** Instructions of a page: a path, and that it is drawn as a line. */
const [constructPath, stroke] = [91, 20];
/** More numbers than the lines of tables have. */
const drawnByHand = 40;

/** The words of a sheet's PDF, and how many of its lines are drawn by hand. */
export async function printed(page: Page): Promise<{ words: string; drawings: number; bytes: Uint8Array }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Télécharger le PDF' }).click(),
  ]);
  const bytes = new Uint8Array(readFileSync(await file.path()));
  const pdf = await getDocumentProxy(bytes.slice());
  let [words, drawings] = ['', 0];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const one = await pdf.getPage(number);
    const { items } = await one.getTextContent();
    words += items.map((item) => ('str' in item ? item.str : '')).join(' ');
    const { fnArray, argsArray } = await one.getOperatorList();
    drawings += fnArray.filter((instruction, at) => {
      if (instruction !== constructPath) return false;
      const [how, [path]] = argsArray[at] as [number, [ArrayLike<number> | null]];
      return how === stroke && (path?.length ?? 0) > drawnByHand;
    }).length;
  }
  return { words: words.replace(/[\s\u00A0]+/g, ' '), drawings, bytes };
}

/** The library that draws the pages, in one file. */
const library = join(import.meta.dirname, '../../node_modules/unpdf/dist/pdfjs.mjs');

/** What each page of a PDF looks like, photographed: on a table, not quite straight. */
export async function photographed(page: Page, pdf: Uint8Array): Promise<Buffer[]> {
  const table = await page.context().newPage();
  await table.route('http://table.test/**', (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ path: library, contentType: 'text/javascript' })
      : route.fulfill({ body: '<!doctype html><title>table</title>', contentType: 'text/html' }),
  );
  await table.goto('http://table.test/');
  const pictures = await table.evaluate(
    async (bytes) => {
      const { getDocument } = (await import('http://table.test/pdfjs.mjs' as string)) as {
        getDocument: (from: object) => { promise: Promise<import('unpdf/pdfjs').PDFDocumentProxy> };
      };
      const file = await getDocument({ data: new Uint8Array(bytes), isEvalSupported: false }).promise;
      const made: string[] = [];
      for (let number = 1; number <= file.numPages; number += 1) {
        const one = await file.getPage(number);
        const viewport = one.getViewport({ scale: 2.2 });
        const sheet = new OffscreenCanvas(viewport.width, viewport.height);
        const canvasContext = sheet.getContext('2d') as unknown as CanvasRenderingContext2D;
        await one.render({ canvasContext, canvas: null, viewport }).promise;
        const photo = document.createElement('canvas');
        [photo.width, photo.height] = [viewport.width + 300, viewport.height + 300];
        const context = photo.getContext('2d');
        if (!context) throw new Error('no canvas');
        context.fillStyle = '#8a7a66';
        context.fillRect(0, 0, photo.width, photo.height);
        context.translate(photo.width / 2, photo.height / 2);
        context.rotate(0.04);
        context.drawImage(sheet, -viewport.width / 2, -viewport.height / 2);
        made.push(photo.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '');
      }
      return made;
    },
    [...pdf],
  );
  await table.close();
  return pictures.map((picture) => Buffer.from(picture, 'base64'));
}
