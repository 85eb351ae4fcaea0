/** The law of appending: what is read on as a log grows is what one reading of the whole log gives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import type { Source } from './model.js';
import { createDocumentBuilder } from './document.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function wholeOf(bytes: Uint8Array): Source[] {
  const builder = createDocumentBuilder('a.log', { lines: 'document' });
  builder.push(bytes);
  return builder.end();
}

/** Appends the bytes between the cuts and looks at the log after each, and at what is settled of its events. */
function expectSame(bytes: Uint8Array, cuts: readonly number[]): void {
  const builder = createDocumentBuilder('a.log', { lines: 'document' });
  const events = wholeOf(bytes)
    .flatMap((source) => source.events)
    .sort((a, b) => a.line - b.line);
  let from = 0;
  for (const cut of [...[...cuts].sort((a, b) => a - b), bytes.length]) {
    builder.push(bytes.subarray(from, cut));
    for (const lines of [1, 2, 3, 5, 8, 13, 21, 100]) {
      const settled = builder.eventsIn(lines);
      if (settled !== null) expect(settled).toEqual(events.filter(({ line }) => line <= lines));
    }
    expect(builder.snapshot()).toEqual(wholeOf(bytes.subarray(0, cut)));
    from = cut;
  }
}

const clusters = ['1.9.3-sync-failure-debug', '1.13.6-two-jobs', '2.0.2-slow-sync-debug'];
const logs = clusters.flatMap(logsOf).map(({ text }) => utf8(text.slice(0, 20_000)));

test('real logs that are cut anywhere', () => {
  fc.assert(
    fc.property(fc.constantFrom(...logs), fc.array(fc.nat(20_000), { maxLength: 6 }), (bytes, cuts) => {
      expectSame(
        bytes,
        cuts.map((cut) => Math.min(cut, bytes.length)),
      );
    }),
    { numRuns: 12 },
  );
});

test('any text that remembers what stood above: tables, wrapped lines, torn messages, stack traces, characters of any width', () => {
  const piece = fc.constantFrom(
    '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - ',
    'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.',
    'Triggering checkpoint 604 @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
    'Starting checkpoint (604) CHECKPOINT on task über → 检查点 😀',
    'Starting checkpoint (604) CHECK',
    '(4/4)',
    '"timestamp": 1795354802341',
    '            "message": "2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - x",',
    '"timestamp","message"',
    '"2026-11-22T13:40:02.341Z","Completed checkpoint 7 for job c96225fe124a7185c4d2a31868378839 (1 bytes)"',
    'java.lang.Exception: broken',
    'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
    '\tat org.apache.flink.X.y(X.java:1)',
    '2026-11-22T13:40:02.341Z stdout P ',
    'Container: container_1544087411513_1218_01_000001 on worker-1.example.com_45454\n',
    'LogType:jobmanager.log\nLog Contents:\n',
    'End of LogType:jobmanager.log\n',
    '\n==> tm.log <==\n',
    '\n==> jm.log <==\n',
    '<13>1 ',
    '\r\n',
    '\n',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(3000), { maxLength: 8 }), (pieces, cuts) => {
      const bytes = utf8(pieces.join(''));
      expectSame(
        bytes,
        cuts.map((cut) => cut % (bytes.length + 1)),
      );
    }),
    { numRuns: 150 },
  );
});
