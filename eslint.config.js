import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const SERVER = ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts', 'apps/web/server/**/*.ts'];
const PAGES = ['apps/web/src/**/*.ts', 'apps/web/src/**/*.svelte'];
const TESTS = ['**/*.test.ts', '**/*.fixture.ts'];

/** What a compiler does not see. How code is laid out is Prettier's, sizes and layers are tidy's. */
export default ts.config(
  { ignores: ['**/node_modules', '**/dist', '**/build', '**/.svelte-kit', '**/.ovation*'] },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      // Names are cleaned of control characters, so they stand in patterns.
      'no-control-regex': 'off',
      // A constant table may be there for the union that is read from it.
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^(_|[A-Z][A-Z_]+$)',
          ignoreRestSiblings: true,
        },
      ],
    },
  },
  {
    files: SERVER,
    ignores: [...PAGES, ...TESTS],
    languageOptions: {
      parserOptions: {
        project: [
          'packages/*/tsconfig.json',
          'apps/*/tsconfig.json',
          'apps/web/tsconfig.server.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: PAGES,
    languageOptions: { globals: { ...globals.browser } },
    // The compiler knows which names there are; it is asked by svelte-check.
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    rules: {
      // Paths of this app are its own: it is served at the root.
      'svelte/no-navigation-without-resolve': 'off',
      // State is raw and replaced, not mutated in place: plain maps are what is wanted.
      'svelte/prefer-svelte-reactivity': 'off',
      // Which warnings there are is for svelte-check to say.
      'svelte/no-unused-svelte-ignore': 'off',
    },
  },
  {
    files: ['tools/**/*.mjs', 'load-tests/**', ...TESTS],
    rules: { 'no-console': 'off' },
  },
);
