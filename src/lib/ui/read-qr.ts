/** Reads QR codes from pictures and from the camera: by the browser where it can, else by code that comes with the app. */

interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

export type QrReader = (source: HTMLVideoElement | ImageBitmap) => Promise<string[]>;

/** Pixels a side: enough for a code that fills the picture, little enough for a slow phone. */
const largestSide = 1280;

/** A reader for one sitting; the browser's own where there is one. @param side longest side of what is looked at */
export async function qrReader(side = largestSide): Promise<QrReader> {
  const Native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = await Native?.getSupportedFormats().catch((): string[] => []);
  if (Native && formats?.includes('qr_code')) {
    const detector = new Native({ formats: ['qr_code'] });
    return async (source) => (await detector.detect(source)).map(({ rawValue }) => rawValue);
  }
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (source) => {
    const isVideo = source instanceof HTMLVideoElement;
    const [width, height] = isVideo ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
    if (!context || !width || !height) return Promise.resolve([]);
    const scale = Math.min(1, side / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    try {
      return Promise.resolve([decodeQR(picture, { timeLimit: isVideo ? 40 : 1500 })]);
    } catch {
      // No code in it, or none that can be read.
      return Promise.resolve([]);
    }
  };
}

/** The codes of a chosen picture; none where it is no picture. */
export async function codesIn(file: Blob, read: QrReader): Promise<string[]> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return [];
  try {
    return await read(picture);
  } finally {
    picture.close();
  }
}
