/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { build, version } from '$service-worker';

/**
 * Lets a wall start without network: its files come from the cache, its page from the network and
 * else as it was last. Nothing but `/tv` and the files of the build is ever kept.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `ovation-wall-${version}`;
const WALL = '/tv';
const FILES: ReadonlySet<string> = new Set(build);

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(tidy()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (FILES.has(url.pathname)) event.respondWith(fromCache(request));
  else if (request.mode === 'navigate' && url.pathname === WALL) event.respondWith(wall(request));
});

/** Drops other versions, and files that this build no longer has. */
async function tidy(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  const cache = await caches.open(CACHE);
  const kept = await cache.keys();
  const gone = kept.filter(({ url }) => {
    const { pathname } = new URL(url);
    return pathname !== WALL && !FILES.has(pathname);
  });
  await Promise.all(gone.map((request) => cache.delete(request)));
  await worker.clients.claim();
}

/** Names of build files carry their content, so a kept one is never old. */
async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

async function wall(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  } catch (failure) {
    const kept = await cache.match(request.url);
    if (kept) return kept;
    throw failure;
  }
}
