/** The theme: the phone's, or one chosen by hand. `static/before-paint.js` sets it before the first paint. */
const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'presence.theme';
/** The sky of each theme: what the browser's own bar takes. */
const skies = { light: '#16264b', dark: '#080e1c' };

function remembered(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

let chosen = $state<Theme>(remembered());

export const theme = {
  get current(): Theme {
    return chosen;
  },
};

/** Changes the look at once, and remembers it on this device. */
export function chooseTheme(next: Theme): void {
  chosen = next;
  const root = document.documentElement;
  if (next === 'auto') delete root.dataset.theme;
  else root.dataset.theme = next;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = skies[next === 'auto' ? own : next];
  }
  try {
    if (next === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, next);
  } catch {
    // Storage is refused: the choice lasts until the page closes.
  }
}
