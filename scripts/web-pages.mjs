/** The folders of src/web that are a page each. */
export const PAGES = ['wallet', 'terminal', 'admin'];

/**
 * The files that a page needs before it can be used: its own script and style, all they import, and its words. Of these
 * every language counts, though a browser loads one. `manifest` is Vite's.
 */
export function firstLoad(manifest, page) {
  const own = page.replace('index.html', 'messages/');
  const words = Object.keys(manifest).filter((name) => name.startsWith('messages/') || name.startsWith(own));
  const seen = new Set();
  const files = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const { file, css = [], imports = [] } = manifest[name];
    for (const one of [file, ...css]) if (/\.(js|css)$/.test(one)) files.add(one);
    imports.forEach(visit);
  };
  [page, ...words].forEach(visit);
  return [...files];
}
