const KEY = 'portcullis-reloaded';
const PAUSE_MS = 30_000;

/** After an upgrade the parts of an open page are gone: it loads the new ones, but not over and over. */
export function reloadWhenReplaced(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < PAUSE_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
