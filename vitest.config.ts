import { defineConfig } from 'vitest/config';

const source = { conditions: ['source'] };
const shared = {
  resolve: source,
  ssr: { resolve: source },
};

/**
 * `unit` needs no service; `db` starts a Postgres of its own and clones a migrated template for
 * each file; `house` starts the built product and a real browser.
 */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{apps,packages,tools,load-tests}/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/*.house.test.ts', '**/node_modules/**', '**/dist/**'],
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'db',
          include: ['{apps,packages}/**/*.db.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['packages/testkit/src/global-postgres.fixture.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'house',
          include: ['apps/**/*.house.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
