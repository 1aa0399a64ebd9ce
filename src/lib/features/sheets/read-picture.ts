/** Looks for the code of a page in a picture of it, part by part and at several sizes. */
import { readPage, type ReadPage } from '$lib/domain/sheet-codes.ts';
import { qrReader } from '$lib/ui/read-qr.ts';

/**
 * Parts of a picture, as shares of it: left, top, width, height. The code stands in a corner, at the lower left of a page
 * that was held upright; a picture of the code alone is read as a whole.
 */
const parts = [
  [0, 0.5, 0.5, 0.5],
  [0, 0, 1, 1],
  [0.5, 0, 0.5, 0.5],
  [0, 0, 0.5, 0.5],
  [0.5, 0.5, 0.5, 0.5],
] as const;
/** Longest sides, in pixels: whether a code is seen depends on how its grid falls on theirs. */
const sides = [2200, 1600, 1000] as const;
/** Nothing is learnt from a picture that is blown up further. */
const mostEnlarged = 2.5;

/** @returns the page; `other` where there is a code of something else; `undefined` where none can be read */
export async function pageIn(picture: ImageBitmap): Promise<ReadPage | 'other' | undefined> {
  const read = await qrReader(sides[0]);
  let isOther = false;
  for (const share of parts)
    for (const side of sides) {
      const part = await cut(picture, share, side);
      const texts = await read(part).finally(() => part.close());
      isOther ||= texts.length > 0;
      const page = texts.map(readPage).find((one) => one !== undefined);
      if (page) return page;
    }
  return isOther ? 'other' : undefined;
}

function cut(picture: ImageBitmap, [x, y, w, h]: (typeof parts)[number], side: number): Promise<ImageBitmap> {
  const [width, height] = [w * picture.width, h * picture.height].map((length) =>
    Math.max(1, Math.floor(length)),
  ) as [number, number];
  const scale = Math.min(mostEnlarged, side / Math.max(width, height));
  return createImageBitmap(
    picture,
    Math.floor(x * picture.width),
    Math.floor(y * picture.height),
    width,
    height,
    {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: 'high',
    },
  );
}
