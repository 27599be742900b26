import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as tables from './tidy-tables.ts';

/** The style as tests: what can be checked by reading source is checked here, not in reviews. */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SKIPPED = new Set(['node_modules', 'dist', 'build', '.svelte-kit', '.git', 'migrations']);

interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** The same text with comments blanked, line for line. */
  readonly code: string;
  readonly isTest: boolean;
}

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path.split(sep).join('/')];
  });
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Blanks comments; a `//` inside a string or an address has a quote or a colon before it. */
const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(^|[\s;{}(,])\/\/.*$/gm, (found) => blank(found));

const sources: readonly Source[] = ['packages', 'apps', 'load-tests', 'tools']
  .flatMap(walk)
  .filter((path) => /\.(ts|mjs|js|svelte)$/.test(path) && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const isTest = /\.(test|fixture)\.ts$|^packages\/testkit\//.test(path);
    return { path, text, lines: text.split('\n'), code: withoutComments(text), isTest };
  });

/** Everything that ships: no tests, no tools. */
const shipped = sources.filter(
  ({ path, isTest }) => /^(packages|apps)\/[^/]+\/(src|server)\//.test(path) && !isTest,
);

/** `path:line` of each match of a pattern that is not excused. */
function found(
  pattern: RegExp,
  among: readonly Source[] = sources,
  where: 'code' | 'text' = 'code',
): string[] {
  return among.flatMap((source) =>
    source[where]
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${source.path}:${index + 1}`] : [])),
  );
}

const within = (...prefixes: string[]) =>
  sources.filter(({ path }) => prefixes.some((prefix) => path.startsWith(prefix)));
const outside = (among: readonly Source[], ...paths: string[]) =>
  among.filter(({ path }) => !paths.some((one) => path.startsWith(one)));

/** Specifiers of all imports and re-exports. */
function importsOf({ code }: Source): string[] {
  const forms = /(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]([^'"\s,]+)['"]/g;
  return [...code.matchAll(forms)].map((match) => match[1]!);
}

const unitOf = (path: string): tables.Unit | undefined =>
  tables.UNITS.find(({ folder }) => path.startsWith(folder));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('imports', () => {
  it('point to lower levels only', () => {
    const faults = shipped.flatMap((source) => {
      const unit = unitOf(source.path);
      if (!unit) return [`${source.path}: belongs to no level of tools/tidy-tables.ts`];
      return importsOf(source)
        .filter((one) => !/^[.$]/.test(one))
        .map((one) => (one.startsWith('node:') ? 'node:' : packageOf(one)))
        .filter((one) => !unit.may.includes(one))
        .map((one) => `${source.path}: ${unit.folder} may not import ${one}`);
    });
    expect(faults).toEqual([]);
  });

  it('enter a package by its index', () => {
    const faults = sources.flatMap((source) =>
      importsOf(source).flatMap((one) => {
        if (/^@ovation\/[^/]+\//.test(one)) return [`${source.path}: ${one}, use its index.ts`];
        if (!one.startsWith('.') || !/^(packages|apps)\//.test(source.path)) return [];
        const target = normalize(join(dirname(source.path), one))
          .split(sep)
          .join('/');
        const own = source.path.split('/').slice(0, 2).join('/');
        const leaves = !target.startsWith(`${own}/`);
        return leaves && !tables.MAY_LEAVE.includes(source.path) ? [`${source.path}: ${one}`] : [];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('reach every source file', () => {
    const reached = new Set(
      sources.flatMap((source) =>
        importsOf(source).map((one) => {
          const from = one.startsWith('$lib/')
            ? join('apps/web/src/lib', one.slice(5))
            : join(dirname(source.path), one);
          return normalize(from).split(sep).join('/');
        }),
      ),
    );
    const faults = shipped
      .map(({ path }) => path)
      .filter((path) => !reached.has(path) && !tables.ENTRIES.some((entry) => entry.test(path)));
    expect(faults, 'nobody imports these').toEqual([]);
  });
});

describe('the domain', () => {
  const domain = within('packages/domain/src/').filter(({ isTest }) => !isTest);

  it('reads no clock, rolls no dice and touches nothing', () => {
    const banned = /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\bperformance\b|\bprocess\b/;
    expect(found(banned, domain), 'pass it as an argument').toEqual([]);
    expect(found(/\bconsole\b|\bnode:|\bfetch\(|\bset(Timeout|Interval)\b/, domain)).toEqual([]);
  });

  it('waits for nothing', () => {
    expect(found(/\basync\b|\bawait\b|\bPromise\b/, domain)).toEqual([]);
  });
});

describe('one place for', () => {
  it('the environment: packages/host/src/config.ts, by readConfig', () => {
    const faults = found(/\bprocess\.env\b/, outside(shipped, 'packages/host/src/config.ts'));
    expect(excused(faults, tables.READS_ENVIRONMENT)).toEqual([]);
  });

  it('the clock: packages/host/src/clock.ts, by the Clock that is handed over', () => {
    const banned = /\bDate\.now\b|\bnew Date\(\)/;
    const faults = found(banned, outside(shipped, 'packages/host/src/clock.ts'));
    expect(excused(faults, tables.READS_CLOCK)).toEqual([]);
  });

  it('SQL in text: packages/store/src/migrate.ts, by the template elsewhere', () => {
    const faults = found(/\.unsafe\(/, outside(shipped, 'packages/store/src/migrate.ts'));
    expect(faults).toEqual([]);
  });

  it('names of channels: packages/protocol/src/bus-messages.ts', () => {
    const others = outside(shipped, 'packages/protocol/src/');
    expect(found(/['"`]ovation:/, others), 'use logChannel and its like').toEqual([]);
  });
});

describe('nowhere', () => {
  it('is HTML put in as text or the page drawn by d3', () => {
    expect(found(/\{@html|innerHTML|outerHTML|insertAdjacentHTML/, shipped)).toEqual([]);
    expect(found(/['"]d3(-selection|-transition)?['"]/, shipped)).toEqual([]);
  });

  it('is something left over', () => {
    expect(found(/\bFIX[M]E\b|\bTO[D]O\b|\bXX[X]\b(?!')/, sources, 'text')).toEqual([]);
    expect(found(/\bconsole\.log\b|\bdebugger\b/, outside(shipped))).toEqual([]);
    expect(found(/\b(describe|it|test)\.only\b/)).toEqual([]);
  });

  it('is a check switched off without a reason', () => {
    const off = /(eslint-disable|@ts-(ignore|expect-error|nocheck)|svelte-ignore)/;
    const faults = found(off, outside(sources, 'tools/tidy'), 'text').filter((place) => {
      const [path, line] = place.split(/:(?=\d+$)/) as [string, string];
      const text = sources.find((one) => one.path === path)!.lines[Number(line) - 1]!;
      return !/--\s*\S+|@ts-expect-error\s+\S+|svelte-ignore \S+ \S+/.test(text);
    });
    expect(excused(faults, tables.SWITCHED_OFF), 'say why after it').toEqual([]);
    expect(found(/\b(describe|it|test)\.skip\((?!.*\/\/)/, sources, 'text')).toEqual([]);
  });

  it('is `any`', () => {
    const typescript = shipped.filter(({ path }) => path.endsWith('.ts'));
    expect(found(/:\s*any\b|<any>|\bas any\b|\bany\[\]/, typescript)).toEqual([]);
  });
});

describe('sizes', () => {
  it('of files: at most 350 lines', () => {
    const faults = sources
      .filter(({ lines }) => lines.length - 1 > tables.FILE_LINES)
      .filter(({ path, lines }) => lines.length - 1 > (tables.LONG_FILES[path] ?? 0))
      .map(({ path, lines }) => `${path}: ${lines.length - 1}`);
    expect(faults).toEqual([]);
  });

  it('of functions: at most 60 lines', () => {
    const faults = outside(shipped).flatMap((source) =>
      functionsOf(source)
        .filter(({ lines }) => lines > tables.FUNCTION_LINES)
        .map(({ name, lines }) => ({ key: `${source.path}#${name}`, lines }))
        .filter(({ key, lines }) => lines > (tables.LONG_FUNCTIONS[key] ?? 0))
        .map(({ key, lines }) => `${key}: ${lines}`),
    );
    expect(faults).toEqual([]);
  });

  it('of lines: at most 100 columns', () => {
    const typescript = sources.filter(({ path }) => path.endsWith('.ts'));
    const counts = new Map<string, number>();
    for (const place of found(/^.{101,}$/u, typescript, 'text')) {
      const path = place.replace(/:\d+$/, '');
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
    const faults = [...counts].filter(([path, n]) => n > (tables.LONG_LINES[path] ?? 0));
    expect(faults.map(([path, n]) => `${path}: ${n} lines`)).toEqual([]);
  });

  it('excused are still too long: the lists shrink', () => {
    const stale = Object.entries(tables.LONG_FILES).filter(([path]) => {
      const source = sources.find((one) => one.path === path);
      return !source || source.lines.length - 1 <= tables.FILE_LINES;
    });
    expect(stale).toEqual([]);
    const long = new Set(
      shipped.flatMap((source) =>
        functionsOf(source).flatMap(({ name, lines }) =>
          lines > tables.FUNCTION_LINES ? [`${source.path}#${name}`] : [],
        ),
      ),
    );
    expect(Object.keys(tables.LONG_FUNCTIONS).filter((key) => !long.has(key))).toEqual([]);
  });
});

describe('settings', () => {
  it('are all in .env.example, and nothing else is', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const explained = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]!);
    const read = sources
      .filter(({ path }) => /^apps\/[^/]+\/(src|server)\/config\.ts$/.test(path))
      .flatMap(({ code }) => [...code.matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)])
      .map((match) => match[1]!);
    const wanted = [...new Set([...read, ...tables.OTHER_VARIABLES])].sort();
    expect(explained.filter((name) => name !== 'NAME_FILE').sort()).toEqual(wanted);
  });
});

/** Leaves out places in files that a table excuses. */
function excused(places: readonly string[], table: Readonly<Record<string, string>>): string[] {
  return places.filter((place) => !(place.replace(/:\d+$/, '') in table));
}

/** Functions with their lines; one inside another counts for both. */
function functionsOf(source: Source): { name: string; lines: number }[] {
  const script = source.path.endsWith('.svelte')
    ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(source.text)?.[1] ?? '')
    : source.text;
  const file = ts.createSourceFile(source.path, script, ts.ScriptTarget.Latest, true);
  const functions: { name: string; lines: number }[] = [];
  const lineOf = (at: number) => file.getLineAndCharacterOfPosition(at).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const lines = lineOf(node.getEnd()) - lineOf(node.getStart(file)) + 1;
      functions.push({ name: nameOf(node), lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return functions;
}

function nameOf(node: ts.Node): string {
  const named = node as { name?: ts.Node };
  if (named.name) return named.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) ? parent.name.getText() : '(anonymous)';
}
