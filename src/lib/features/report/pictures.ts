/** Charts as pictures for a word processor, painted beside the page; a browser that cannot has their words instead. */
import { barChart, paperDress, textSize, type Drawing } from '$lib/paper/annual-report/bar-chart.ts';
import type { PrintedReport } from '$lib/paper/annual-report/printed.ts';
import { pictureWidth, type Picture, type Pictures } from '$lib/paper/annual-report/docx-writer.ts';
import { families, type ReadFile } from '$lib/paper/fonts.ts';

/** Pixels painted for one of the screen: sharp on paper. */
const sharpness = 2;

/** By the key of their block. */
export async function picturesOf(report: PrintedReport, read: ReadFile): Promise<Pictures> {
  const pictures = new Map<string, Picture>();
  if (typeof OffscreenCanvas === 'undefined') return pictures;
  await fonts(read);
  for (const { key, chart } of report.sections.flatMap(({ blocks }) => blocks)) {
    if (!chart) continue;
    const picture = await painted(barChart(chart.bars, pictureWidth));
    if (picture) pictures.set(key, picture);
  }
  return pictures;
}

/** Those of paper; without them the browser's own letters stand in. */
async function fonts(read: ReadFile): Promise<void> {
  const own = (globalThis as { fonts?: FontFaceSet }).fonts;
  if (!own) return;
  const { normal, bold } = families.Paper;
  await Promise.all(
    [[normal, '400'] as const, [bold, '700'] as const].map(async ([file, weight]) => {
      const face = new FontFace('Paper', (await read(file)).slice().buffer, { weight });
      own.add(await face.load());
    }),
  );
}

async function painted({ width, height, shapes }: Drawing): Promise<Picture | undefined> {
  const canvas = new OffscreenCanvas(Math.ceil(width * sharpness), Math.ceil((height + 4) * sharpness));
  const brush = canvas.getContext('2d');
  if (!brush) return undefined;
  brush.scale(sharpness, sharpness);
  brush.fillStyle = '#ffffff';
  brush.fillRect(0, 0, width, height + 4);
  for (const shape of shapes) {
    brush.fillStyle = paperDress[shape.role];
    if (shape.kind === 'rect') {
      brush.beginPath();
      brush.roundRect(shape.x, shape.y, shape.width, shape.height, 2);
      brush.fill();
      if (shape.role !== 'track') continue;
      brush.strokeStyle = paperDress.edge;
      brush.lineWidth = 0.8;
      brush.stroke();
    } else {
      brush.font = `${shape.role === 'detail' ? 400 : 700} ${textSize[shape.role]}px Paper, sans-serif`;
      brush.textAlign = shape.anchor === 'start' ? 'left' : 'right';
      brush.fillText(shape.text, shape.x, shape.y);
    }
  }
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return { png: new Uint8Array(await blob.arrayBuffer()), width, height: height + 4 };
}
