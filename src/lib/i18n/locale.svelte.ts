import {
  baseLocale,
  getTextDirection,
  isLocale,
  overwriteGetLocale,
  type Locale,
} from './paraglide/runtime.js';

const key = 'presence.locale';

/** The language chosen on this device, else French: a phone set to English may well belong to a French class. */
function remembered(): Locale {
  try {
    const stored = localStorage.getItem(key);
    return isLocale(stored) ? stored : baseLocale;
  } catch {
    return baseLocale;
  }
}

let chosen = $state<Locale>(remembered());

// Messages ask for the language at each call: reading a rune here repaints every text when it changes.
overwriteGetLocale(() => chosen);

export type { Locale };

/** What `<html>` carries. */
export const locale = {
  get current(): Locale {
    return chosen;
  },
  get direction(): 'ltr' | 'rtl' {
    return getTextDirection(chosen);
  },
};

/** Changes the language of every screen at once, and remembers it on this device. */
export function chooseLocale(next: Locale): void {
  chosen = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage is refused: the choice lasts until the page closes.
  }
}
