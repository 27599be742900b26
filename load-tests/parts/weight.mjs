import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUILD = fileURLToPath(new URL('../../apps/web/build/client', import.meta.url));
const IMPORT = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;

/** What a wall loads before it shows its first board: what the page names and what that imports. */
export async function weight(house) {
  const { url } = await house.call('POST', '/v1/screens', { name: 'Weight' });
  const token = new URL(url).searchParams.get('screen');
  const headers = { cookie: `ovation_screen=${token}` };
  const page = await fetch(`${house.url}/tv`, { headers });
  const html = await page.text();
  // Kit names what to preload in a header, and the rest in the page.
  const named = html + (page.headers.get('link') ?? '');
  const linked = (ending) =>
    [...new Set([...named.matchAll(/_app\/[\w./-]+/g)].map(([path]) => path))].filter((path) =>
      path.endsWith(ending),
    );
  const scripts = new Set();
  const visit = (path) => {
    if (scripts.has(path)) return;
    scripts.add(path);
    for (const [, one] of readFileSync(join(BUILD, path), 'utf8').matchAll(IMPORT)) {
      visit(normalize(join(dirname(path), one)));
    }
  };
  linked('.js').forEach(visit);
  const bytes = (paths) =>
    [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(BUILD, path))).length, 0);
  return {
    scripts: scripts.size,
    scriptBytesGzip: bytes(scripts),
    styleBytesGzip: bytes(linked('.css')),
    htmlBytesGzip: gzipSync(html).length,
  };
}
