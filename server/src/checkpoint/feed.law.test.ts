/** The law of the sieve: what is passed over tells nothing. Bytes give the source that reading each line gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { layouts } from '../layout/layouts.js';
import { guards } from '../message/guards.js';
import { messages } from '../message/catalogue.js';
import { decode } from '../scan/encoding.js';
import { linesOf } from '../scan/lines.js';
import { createPlainSieve } from '../scan/plainSieve.js';
import { createWasmSieve } from '../scan/wasmSieve.js';
import { createFeed } from './feed.js';
import type { LineTarget } from './lineTarget.js';
import type { Source } from './model.js';
import { createLineReader } from './source.js';

const sieves = { plain: () => createPlainSieve(guards), wasm: () => createWasmSieve(guards) };

/** Reads each line. */
function slowly(bytes: Uint8Array): Source {
  const reader = createLineReader('a.log');
  linesOf(decode(bytes)).forEach(reader.push);
  return reader.end(bytes.length);
}

interface Fast {
  readonly source: Source;
  /** Lines that were read. */
  readonly read: number;
}

function fast(bytes: Uint8Array, sieve: keyof typeof sieves, cuts: readonly number[] = []): Fast {
  const reader = createLineReader('a.log');
  let read = 0;
  const target: LineTarget = {
    push(line) {
      read++;
      reader.push(line);
    },
    plainReader: () => reader,
  };
  const feed = createFeed(target, { createSieve: sieves[sieve] });
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  ends.forEach((end, i) => {
    feed.push(bytes.subarray(ends[i - 1] ?? 0, end));
  });
  feed.end();
  return { source: reader.end(bytes.length), read };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);

const clusters = ['1.9.3-sync-failure-debug', '1.13.6-two-jobs', '2.0.2-slow-sync-debug'];
const logs = clusters.flatMap(logsOf).map(({ text }) => text);

/** Loggers as the default layout prints them, with noise between. */
const head = (logger: string, message: string, level = 'INFO ', second = '02'): string =>
  `2026-11-22 13:40:${second},341 ${level} ${logger.padEnd(60)} [] - ${message}`;
const noise = Array.from({ length: 30 }, (_, i) => head(`com.example.Noise${i % 3}`, `nothing of note ${i}`, 'DEBUG'));
const few = noise.slice(0, 3).join('\n');
const lead = [...noise, ...noise, ...noise].join('\n');

describe.each(['plain', 'wasm'] as const)('%s', (sieve) => {
  test('real logs', () => {
    for (const text of logs) expect(fast(utf8(text), sieve).source).toEqual(slowly(utf8(text)));
  });

  test('each message behind a hole that a crash left in the line before', () => {
    const lost = `${head('com.example.Noise1', 'nothing of no')}${'\0'.repeat(100)}`;
    const lines = messages.flatMap(({ samples, logger, level }) =>
      level === null ? [] : samples.map((sample) => lost + head(`org.apache.flink.runtime.${logger ?? 'Foo'}`, sample)),
    );
    const bytes = utf8([lead, ...lines.flatMap((line) => [line, few])].join('\n'));
    const { source } = fast(bytes, sieve);
    expect(source).toEqual(slowly(bytes));
    expect(source.events.length).toBeGreaterThanOrEqual(lines.length);
  });

  test.each(['org.apache.flink.runtime', 'com.example'])(
    'each message of the table is found where a logger of %s prints it, whole and cut off',
    (home) => {
      const lines = messages.flatMap(({ samples, logger, level }) =>
        samples.flatMap((sample) => {
          const [first = '', ...below] = sample.split('\n');
          const name = home === 'com.example' ? `${home}.Other` : `${home}.${logger ?? 'Foo'}`;
          if (level === null)
            return [first, `Caused by: ${first}`, `\tSuppressed: ${first}`].flatMap((line) => [
              head(name, 'It failed.'),
              line,
              few,
            ]);
          const print = (message: string): string => head(name, message, level.padEnd(5));
          return [
            print(first),
            ...below,
            few,
            print(first.slice(0, -1)),
            few,
            print(`${first} java.io.IOException: x`),
            few,
          ];
        }),
      );
      const bytes = utf8([lead, ...lines, lead, ''].join('\n'));
      expect(fast(bytes, sieve).source).toEqual(slowly(bytes));
    },
  );

  test('most lines of a log are not read', () => {
    const bytes = utf8(Array.from({ length: 200 }, () => `${lead}\n`).join(''));
    expect(fast(bytes, sieve).read).toBeLessThan(400);
  });

  const piece = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.nat(59).map((i) => `${head('com.example.A', 'b', 'INFO ', String(i).padStart(2, '0'))}\n`),
    },
    fc.constantFrom(...logs.flatMap((text) => text.split('\n').slice(0, 300)).map((line) => `${line}\n`)),
    fc.constantFrom(...layouts.flatMap(({ samples }) => samples).map((line) => `${line}\n`)),
    fc.constantFrom(...messages.flatMap(({ samples }) => samples).map((line) => `${line}\n`)),
    fc.constantFrom(
      ...messages.flatMap(({ samples, level }) =>
        samples.map((sample) => `${head('a.B', sample, level?.padEnd(5))}\n`),
      ),
    ),
    fc.constantFrom(
      ...[
        '\tat a.B.c(D.java:1)\n',
        'Caused by: a.b.C: d\n',
        'java.io.IOException: x\n',
        '\n',
        '\r\n',
        '```\n',
        'prose\n',
      ],
      ...[
        '"timestamp","message"\n',
        '> ',
        '    ',
        '\u001b[31m',
        'jm-1 | ',
        'größe 检查点\n',
        '\u00ff\u00fe\u00e9\n',
        '\u0000',
      ],
      ...['Container: container_1 on a_1\n', 'LogType:jobmanager.log\n', '2026-11-22 13:40:02,341 INFO  Short [] - \n'],
      ...['26/11/22 13:40:02 INFO a.B: general\n', '[INFO] untimed\n', 'INFO  a.B [] - untimed\n'],
    ),
    fc.string({ maxLength: 8 }),
  );
  const log = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  test('any mixture of lines, cut anywhere', () => {
    fc.assert(
      fc.property(
        log,
        fc.constantFrom(utf8, latin1),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 5 }),
        (text, encode, led, cuts) => {
          const bytes = encode(led ? `${lead}\n${text}` : text);
          expect(fast(bytes, sieve, cuts).source).toEqual(slowly(bytes));
        },
      ),
      { numRuns: 100 },
    );
  });
});
