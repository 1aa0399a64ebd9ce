/** Signs of cells as letters: hundreds of pictures take three times as long to paint. */
import { bytes, letters } from 'virtual:sign-font';

export const signFamily = 'presence-signs';

let isLoaded = false;

/** Makes the letters known to the page; once is enough. */
export function loadSignFont(): void {
  if (isLoaded) return;
  isLoaded = true;
  // From bytes, which is no request: nothing waits for it, and no policy is asked.
  document.fonts.add(new FontFace(signFamily, bytes));
}

/** As a value of `content`. */
export const letterOf = (icon: keyof typeof letters): string => `'${letters[icon]}'`;
