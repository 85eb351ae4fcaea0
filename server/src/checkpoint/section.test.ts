import { expect, test } from 'vitest';
import { createSourcesBuilder } from './section.js';

const line = (time: string, message: string): string =>
  `2026-11-22 ${time} INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - ${message}`;
const completed = line(
  '13:40:02,500',
  'Completed checkpoint 4 for job c96225fe124a7185c4d2a31868378839 (7 bytes in 150 ms).',
);

const read = (text: string): { path: string; lines: number; at: number[] }[] => {
  const builder = createSourcesBuilder('yarn.txt');
  builder.push(new TextEncoder().encode(text));
  return builder.end().map(({ path, lines, events }) => ({ path, lines, at: events.map((event) => event.line) }));
};

test('a log without a frame is one source', () => {
  expect(read(`${completed}\n`)).toEqual([{ path: 'yarn.txt', lines: 1, at: [1] }]);
});

test('each file inside what `yarn logs` prints is a source with lines of its own', () => {
  const text = [
    'Container: container_1544087411513_1218_01_000001 on worker-1.example.com_45454',
    '===============================================================================',
    'LogType:jobmanager.log',
    'Log Upload Time:Tue May 14 09:30:00 +0200 2024',
    `LogLength:${completed.length}`,
    'Log Contents:',
    line('13:40:01,000', 'No checkpoint found during restore.'),
    completed,
    'End of LogType:jobmanager.log',
    '',
    'LogType:jobmanager.out',
    'LogLength:0',
    'Log Contents:',
    'End of LogType:jobmanager.out',
    'Container: container_1544087411513_1218_01_000002 on worker-2.example.com_45454',
    'LogType:taskmanager.log',
    'Log Contents:',
    completed,
    'End of LogType:taskmanager.log',
  ].join('\n');
  expect(read(text)).toEqual([
    { path: 'yarn.txt!container_1544087411513_1218_01_000001/jobmanager.log', lines: 2, at: [1, 2] },
    { path: 'yarn.txt!container_1544087411513_1218_01_000002/taskmanager.log', lines: 1, at: [1] },
  ]);
});
