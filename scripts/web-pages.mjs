/** The folders of src/web that are a page each. */
export const PAGES = ['wallet', 'terminal', 'admin'];

/** The languages that a page speaks, by the names of their files. */
export function languagesOf(manifest) {
  return Object.keys(manifest).flatMap((name) => /^messages\/([\w-]+)\.ts$/.exec(name)?.[1] ?? []);
}

/**
 * The files that a page needs before it can be used in a language: its own script and style, all they import, and its
 * words. `manifest` is Vite's.
 */
export function firstLoad(manifest, page, language) {
  const own = page.replace('index.html', `messages/${language}.ts`);
  const words = [`messages/${language}.ts`, own].filter((name) => name in manifest);
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
