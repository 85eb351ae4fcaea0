import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReader, createWriter } from './packing.js';

test('numbers and texts come back in their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.maxSafeInteger()))),
      (values) => {
        const writer = createWriter();
        for (const value of values)
          if (typeof value === 'string') writer.text(value);
          else writer.number(value);
        const reader = createReader(writer.end());
        expect(values.map((value) => (typeof value === 'string' ? reader.text() : reader.number()))).toEqual(values);
        expect(() => reader.number()).toThrow();
      },
    ),
  );
});

test('a text that comes again costs two bytes at most', () => {
  const sizeOf = (times: number): number => {
    const writer = createWriter();
    for (let i = 0; i < 1000; i++) writer.text(`${i}`);
    for (let i = 0; i < times; i++) writer.text('org.apache.flink.runtime.checkpoint.CheckpointCoordinator');
    return writer.end().length;
  };
  expect(sizeOf(101) - sizeOf(1)).toBe(200);
});

test('a text that comes again is the same one', () => {
  const writer = createWriter();
  writer.text('→');
  writer.number(-7);
  writer.text('→');
  const reader = createReader(writer.end());
  expect([reader.text(), reader.number(), reader.text()]).toEqual(['→', -7, '→']);
});

test('a text that has not come yet is none', () => {
  const writer = createWriter();
  writer.number(5);
  const reader = createReader(writer.end());
  expect(() => reader.text()).toThrow();
});
