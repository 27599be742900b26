import fc from 'fast-check';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { ProblemError } from '../problem.ts';
import { readCursor, writeCursor } from './cursor.ts';

const Place = Type.Object({ after: Type.Integer({ minimum: 0 }), types: Type.String() });

test('a cursor is read as it was written', () => {
  fc.assert(
    fc.property(fc.record({ after: fc.nat(), types: fc.string() }), (place) => {
      const cursor = writeCursor('changes', place);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(readCursor('changes', cursor, Place)).toEqual(place);
    }),
  );
  expect(readCursor('changes', undefined, Place)).toBeUndefined();
});

test('whatever else is given ends the request with a problem that points at it', () => {
  const place = { after: 1, types: '' };
  const others = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    fc.constant(writeCursor('audit', place)),
    fc.constant(writeCursor('changes', { after: -1, types: '' })),
  );
  fc.assert(
    fc.property(others, (text) => {
      const read = () => readCursor('changes', text, Place);
      expect(read).toThrow(ProblemError);
      expect(read).toThrow(
        expect.objectContaining({
          problem: 'malformed',
          faults: [expect.objectContaining({ pointer: '/cursor' })],
        }) as Error,
      );
    }),
  );
});
