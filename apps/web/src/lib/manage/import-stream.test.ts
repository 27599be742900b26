import { describe, expect, it } from 'vitest';
import { findingsBySeverity, ndjson, type ImportFinding } from './import-stream.ts';

const streamOf = (...chunks: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

async function all(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const one of ndjson(stream)) found.push(one);
  return found;
}

describe('ndjson', () => {
  it('joins a line, even a letter, that came in two pieces', async () => {
    const bytes = new TextEncoder().encode('{"a":"تیم"}\n{"b":2}\n');
    expect(await all(streamOf(bytes.slice(0, 8), bytes.slice(8)))).toEqual([
      { a: 'تیم' },
      { b: 2 },
    ]);
  });

  it('reads a last line without its end, and passes over empty ones', async () => {
    const bytes = new TextEncoder().encode('{"a":1}\n\n{"b":2}');
    expect(await all(streamOf(bytes))).toEqual([{ a: 1 }, { b: 2 }]);
  });
});

describe('findingsBySeverity', () => {
  it('puts the gravest first and leaves out what did not happen', () => {
    const finding = (severity: ImportFinding['severity'], count: number): ImportFinding => ({
      severity,
      code: `${severity}-${count}`,
      detail: '',
      count,
      samples: [],
    });
    const groups = findingsBySeverity([
      finding('suspicious', 9),
      finding('refused', 1),
      finding('refused', 4),
    ]);
    expect(groups.map((group) => group.findings.map((one) => one.code))).toEqual([
      ['refused-4', 'refused-1'],
      ['suspicious-9'],
    ]);
  });
});
