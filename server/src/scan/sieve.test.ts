import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlainSieve } from './plainSieve.js';
import type { Guards, Sieve, Stretch } from './sieve.js';
import { createWasmSieve } from './wasmSieve.js';

const guards: Guards = {
  starts: ['Triggering checkpoint', 'Job ', 'Received heartbeat timeout for o'],
  needles: [['ckpoint', ' transac'], ['hed from'], ['estor']],
  thrown: ['ckpoint', 'Lost con'],
};
const head = (message: string, second = '02,341'): string =>
  `2026-11-22 13:40:${second} INFO  org.apache.flink.runtime.Foo    [] - ${message}`;
const text = (...lines: readonly string[]): string => lines.join('\n') + '\n';

const bytesOf = (log: string): Uint8Array => Uint8Array.from(log, (char) => char.charCodeAt(0));

interface Sifted {
  readonly stretches: readonly Stretch[];
  readonly kept: string;
  readonly asked: readonly string[];
}

/** Sifts a log whose prefixes are heads if they name this package. */
function sift(sieve: Sieve, bytes: Uint8Array): Sifted {
  sieve.block.fill(0);
  sieve.block.set(bytes);
  sieve.reset(0);
  const stretches: Stretch[] = [];
  const asked: string[] = [];
  let kept = '';
  for (;;) {
    const stop = sieve.run(bytes.length);
    stretches.push(...sieve.stretches());
    kept += String.fromCharCode(...sieve.kept());
    if (stop.why === 'done') break;
    if (stop.why === 'full') continue;
    const prefix = String.fromCharCode(...sieve.block.subarray(stop.from, stop.to));
    asked.push(prefix.slice(23));
    sieve.learn(prefix.includes(' org.apache.'));
  }
  return { stretches, kept, asked };
}

describe.each([
  ['plain', createPlainSieve],
  ['WebAssembly', createWasmSieve],
])('%s', (_, create) => {
  const keptOf = (...lines: readonly string[]): string[] =>
    sift(create(guards), bytesOf(text(...lines)))
      .kept.split('\n')
      .slice(0, -1);

  test('leaves out records that tell nothing, but for the last one', () => {
    expect(keptOf(head('a'), head('b'), '\tat x.Y', head('c'))).toEqual([head('c')]);
  });

  test('counts what it leaves out', () => {
    const log = text('cut off', head('a'), '\tat x.Y(Z)', head('b'), head('Job 1'), head('c'), '', head('d'));
    expect(
      sift(create(guards), bytesOf(log)).stretches.map(({ skippedLines, skippedHeads, lines }) => ({
        skippedLines,
        skippedHeads,
        lines,
      })),
    ).toEqual([
      // A line of no known form changes what the next head is compared with.
      { skippedLines: 0, skippedHeads: 0, lines: 3 },
      { skippedLines: 1, skippedHeads: 1, lines: 1 },
      { skippedLines: 2, skippedHeads: 1, lines: 1 },
    ]);
  });

  test.each([
    'Triggering checkpoint 4',
    'Job 1',
    'all tasks switched from A to B',
    'the Checkpoint',
    ' indented',
    'java.io.IOException: x',
    'Caused by: java.io.IOException: x',
    'colou\u001b[31mred',
    'größe'.slice(2),
  ])('keeps %j', (message) => {
    expect(keptOf(head(message), head('a'), head('b'))).toEqual([head(message), head('b')]);
  });

  test.each([
    'java.io.IOException: Lost connection',
    'Caused by: a.b.C: checkpoint',
    '\tSuppressed: a.b.C: checkpoint',
    '    2026',
    'Prose.',
    '\torg.Foo: bar',
    '\ta.b.C: d',
    '\tat x\u001b[31m',
    head('').replace('-22 ', '-32 '),
    '2026-02-30 13:40:02,341 INFO  org.apache.flink.runtime.Foo    [] - a',
    '2026-11-22 13:40:60,341 INFO  org.apache.flink.runtime.Foo    [] - a',
    '2026-11-22 13:40:02,341 INFO  other.Foo    [] - a',
    '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.Foo    [] - ',
  ])('keeps the record with the line %j', (line) => {
    expect(keptOf(head('a'), line, head('b'), head('c'), head('d'))).toContain(line);
  });

  test.each([
    '\tat a.b.C.d(E.java:1)',
    '    at a.b.C.d(E.java:1)',
    '\t... 3 more',
    '\tSuppressed: a.b.C: d',
    'Caused by: a.b.C: d',
    'java.io.IOException: d',
    'java.lang.NoClassDefFoundError',
    'java.lang.NoClassDefFoundError\r',
    '',
    '\r',
    '\tSlotStatus{a}',
  ])('leaves out the record with the line %j', (line) => {
    expect(keptOf(head('a'), line, head('d'))).toEqual([head('d')]);
  });

  test('tells which heads that were left out have the first and the last time', () => {
    const lines = [
      head('a', '05,001'),
      head('b', '02,341'),
      head('c', '59,999'),
      head('d', '07,000'),
      head('e', '00,000'),
    ];
    const length = head('a').length + 1;
    expect(sift(create(guards), bytesOf(text(...lines))).stretches).toMatchObject([
      { firstAt: length, lastAt: 2 * length },
    ]);
  });
});

test('both sort any bytes alike', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        head('a'),
        head('Job 1'),
        head('x checkpoint'),
        head(''),
        head('e.f.G: h'),
        head('a - b'),
        '\tat a',
        'a.B: c',
      ],
      ...['\t', ' ', '\r', '\n', '\n', '\n', 'Caused by: ', 'Suppressed: ', 'java.lang.FooException', ': ', '\u001b'],
      ...['ckpoint', ' transac', 'Lost con', '2026-11-22 13:40:02,341', ' - ', 'INFO', ' org.apache.A', 'SlotStatus{'],
      ...['2026-11-23T23:59:59.000 WARN  org.apache.B - c', '...', ' 3 more', 'Error', 'x.Error'],
    ),
    fc.string({ minLength: 1, maxLength: 4 }),
    fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => String.fromCharCode(...bytes)),
  );
  const log = fc.array(piece, { maxLength: 120 }).map((pieces) => bytesOf(pieces.join('') + '\n'));
  const [plain, wasm] = [createPlainSieve(guards), createWasmSieve(guards)];
  fc.assert(
    fc.property(log, (bytes) => {
      plain.forget();
      wasm.forget();
      expect(sift(wasm, bytes)).toEqual(sift(plain, bytes));
    }),
    { numRuns: 3000 },
  );
});
