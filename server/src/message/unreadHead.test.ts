import { expect, test } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { recogniseAll } from './recogniser.js';

const message =
  'stateful-process (3/4)#0: Received barrier from channel InputChannelInfo{gateIdx=0, inputChannelIdx=0} @ 4.';

test.each([
  '23/11/2026 18:06:38,764 | DEBUG | main | Handler | ',
  'time=2026-11-23T18:06:38.764+01:00 level=debug logger=Handler msg="',
  'D1123 18:06:38.764000 1 Handler.java:218] ',
  '[Handler:218] ',
  'FINE ~ Handler ~ ',
  'worker-1 at 18:06:38 ',
  '2026-11-23 18:06:38,764 INFO  org.apache.flink.SingleCheckpointBarrierHandler <7> [main] ',
])('a task takes in nothing of an unknown head: %s', (head) => {
  const events = recogniseAll(readRecords(`${head}${message}`));
  expect(events).toMatchObject([{ checkpoint: 4, task: null, index: null }]);
  expect(events[0]?.fields).not.toHaveProperty('taskName');
});

test('a message does not begin in the line above an unknown head', () => {
  const lines = [
    '23/11/2026 18:06:38,763 | INFO | main | Coordinator | Starting checkpoint scheduler',
    `23/11/2026 18:06:38,764 | INFO | main | ExecutionGraph | Source: events (1/2) (${'a'.repeat(32)}) switched from CREATED to SCHEDULED.`,
  ];
  expect(recogniseAll(readRecords(lines.join('\n')))).toMatchObject([{ line: 2, task: null }]);
});

test.each(['', '> ', '- '])('a task that a line begins with is told: %s', (mark) => {
  expect(recogniseAll(readRecords(`${mark}${message}`))).toMatchObject([{ task: 'stateful-process', index: 2 }]);
});

test('a task keeps its brackets where the head is understood', () => {
  const head = '2026-11-23 18:06:38,764 DEBUG org.apache.flink.streaming.SingleCheckpointBarrierHandler [] - ';
  expect(recogniseAll(readRecords(`${head}[5]-${message}`))).toMatchObject([{ task: '[5]-stateful-process' }]);
});
