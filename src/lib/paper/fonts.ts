/** The fonts of paper, loaded when the first sheet is made. */
import arabicBold from './fonts/presence-paper-arabic-bold.ttf?url';
import arabicRegular from './fonts/presence-paper-arabic-regular.ttf?url';
import bold from './fonts/presence-paper-bold.ttf?url';
import regular from './fonts/presence-paper-regular.ttf?url';

/** A family by its name, as sheets call it; each weight is a file of the app. Another script is another family. */
export const families = {
  Paper: { normal: regular, bold },
  PaperArabic: { normal: arabicRegular, bold: arabicBold },
} as const;

/** The addresses of all of them, in an order of their own. */
export const fontFiles: readonly string[] = Object.values(families).flatMap(({ normal, bold }) => [
  normal,
  bold,
]);

/** Reads a file of the app by its address. */
export type ReadFile = (address: string) => Promise<Uint8Array>;

/** From the app itself, with or without a network. @throws when it cannot be had */
export const readFromApp: ReadFile = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`no font at ${address}`);
  return new Uint8Array(await response.arrayBuffer());
};

/**
 * For a worker: its own copies of the fonts are not among the files that are kept for use without a network, the page's
 * are. @param files `fontFiles` of the page
 */
export const readFromPage =
  (files: readonly string[]): ReadFile =>
  (address) =>
    readFromApp(files[fontFiles.indexOf(address)] ?? address);
