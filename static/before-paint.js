// Before the first paint: the theme and the language chosen on this device, so that nothing flashes. A file of its
// own, because the content-security-policy allows no inline script. Kept in step with src/lib/ui/theme.svelte.ts
// and src/lib/i18n/locale.svelte.ts.
(function () {
  var root = document.documentElement;
  var theme = null;
  try {
    theme = localStorage.getItem('presence.theme');
    root.lang = localStorage.getItem('presence.locale') || 'fr';
  } catch {
    // Storage is refused: the phone's own theme, French.
  }
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  var isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  // Until the style sheet is there; then the token takes over.
  root.style.background = isDark ? 'var(--bg, #0e1627)' : 'var(--bg, #f7f5f0)';
  if (root.dataset.theme)
    for (var meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.content = isDark ? '#080e1c' : '#16264b';
})();
