import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deskTranslator } from '../i18n/desk.ts';
import { faultsEn } from '../i18n/desk.faults.en.ts';
import { faultWordsEn } from '../i18n/faults.words.en.ts';
import { faultText } from './fault-text.ts';

const ROOT = new URL('../../../../../', import.meta.url);
const SERVER = ['apps/ingest/src/', 'packages/domain/src/'];
/** Keywords of schemas that our request bodies use: they are codes of faults as they are. */
const KEYWORDS = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'type', 'anyOf'];
/** `what` of the findings about products and accounts. */
const FAMILIES = ['missing_', 'unknown_', '_spelling'];
/** Sentences that no page can meet: a command line's, and examples of the documentation. */
const NOT_SHOWN = /\/(cli|document|answer-examples)\.ts$/;

const sources = SERVER.flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => `${folder}${name}`)
    .filter((name) => !NOT_SHOWN.test(name)),
).map((name) => ({ name, text: readFileSync(new URL(name, ROOT), 'utf8') }));

const found = (form: RegExp, text: string): string[] =>
  [...text.matchAll(form)].map((match) => match.slice(1).find((group) => group !== undefined)!);

/** What a code stands behind: a refusal, a fault as it is, a finding of an import. */
const CODES = [
  /\brefuse\(\s*'(\w+)'/g,
  /\bcode: '(\w+)'/g,
  /\bnote\(\s*'(?:refused|suspicious|repaired)',\s*'(\w+)'/g,
  /\bnote\(\s*'(?!refused|suspicious|repaired)(\w+)'/g,
];

const codes = new Set([
  ...sources.flatMap(({ text }) => CODES.flatMap((form) => found(form, text))),
  ...KEYWORDS,
  ...FAMILIES.flatMap((part) =>
    ['product', 'account'].map((what) => (part.startsWith('_') ? what + part : part + what)),
  ),
]);

/** A string or a template, and those that a plus adds to it. */
const TEXT = String.raw`(?:'(?:[^'\\\n]|\\.)*'|\x60(?:[^\x60\\])*\x60)`;
const TEXTS = String.raw`(${TEXT}(?:\s*\+\s*${TEXT})*)`;
const DETAILS = [
  String.raw`\brefuse\(\s*'\w+',\s*${TEXTS}`,
  String.raw`\bProblemError\(\s*'\w+',\s*${TEXTS}`,
  String.raw`\bplain\(\s*'\w+',\s*${TEXTS}`,
  String.raw`\bnoTarget\(\s*${TEXTS}`,
  String.raw`\bdetail\b\s*[:=]\s*(?:[^;'\x60]*\?\s*)?${TEXTS}`,
];
/** The same where a refusal is made in two words; the engine of pay speaks so too, and by code. */
const OF_SERVER = String.raw`\b(?:fault|refused)\(\s*'\w+',\s*(?:[^;'\x60]*\?\s*)?${TEXTS}`;

/** The sentence as the server may send it: particulars are `7`, but words where words are. */
function sample(written: string): string {
  return found(new RegExp(`(${TEXT})`, 'g'), written)
    .map((part) => part.slice(1, -1))
    .join('')
    .replace(/\\(.)/g, '$1')
    .replace(/\$\{\w*whose\}/g, 'Nobody')
    .replace(/There is no such \$\{[^}]*\}/, 'There is no such team')
    .replace(/\$\{others\}/, 'none is read here')
    .replace(/\$\{instead\}/, 'Leave it out.')
    .replace(/\$\{at \|\| 'The body'\} \$\{first\.message\}/, '/name must be string')
    .replace(/\$\{words\}/, 'must be integer.')
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7');
}

const details = sources.flatMap(({ name, text }) =>
  [...DETAILS, ...(name.startsWith(SERVER[0]!) ? [OF_SERVER] : [])]
    .flatMap((form) => found(new RegExp(form, 'g'), text))
    .map(sample)
    .filter((detail) => detail.includes(' '))
    .map((detail) => ({ name, detail })),
);

describe('what the server refuses', () => {
  it('is found at all', () => {
    expect(codes.size).toBeGreaterThan(90);
    expect(details.length).toBeGreaterThan(150);
  });

  it('has a name in both languages for every code', () => {
    expect([...codes].filter((code) => !Object.hasOwn(faultsEn, `fault_${code}`))).toEqual([]);
  });

  it('has a name in both languages for every kind of problem', () => {
    const { text } = sources.find(({ name }) => name.endsWith('ingest/src/problem.ts'))!;
    const kinds = found(/^ {2}(\w+): \{ status: \d+/gm, text);
    expect(kinds).toContain('not_found');
    expect(kinds.filter((kind) => !Object.hasOwn(faultWordsEn, `problem_${kind}`))).toEqual([]);
  });

  it('has its sentence in Persian, as exactly as in English', () => {
    const persian = deskTranslator('fa');
    const unknown = details.filter(({ detail }) => faultText({ detail }, persian) === detail);
    expect(unknown).toEqual([]);
  });
});
