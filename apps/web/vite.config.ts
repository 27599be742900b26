import { sveltekit } from '@sveltejs/kit/vite';
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite';
// @ts-expect-error plain JavaScript, without types
import config from '../../svelte.config.js';

/** Workspace packages are compiled from their sources, so a build needs no build before it. */
const SOURCE = 'source';

export default defineConfig({
  plugins: [sveltekit({ ...config.kit, compilerOptions: config.compilerOptions ?? {} })],
  build: { target: ['chrome94', 'edge94', 'firefox102', 'safari15.4'] },
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
});
