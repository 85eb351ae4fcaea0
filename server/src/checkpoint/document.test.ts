import { expect, test } from 'vitest';
import { createDocumentBuilder } from './document.js';
import { sourceOf } from './source.js';
import { documentOf, firstLine, hasLine } from './within.js';

const logger = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
const line = (time: string, message: string): string => `2026-11-22 ${time} INFO  ${logger} ${message}`;
const job = 'c96225fe124a7185c4d2a31868378839';
const completed = line('13:40:02,500', `Completed checkpoint 4 for job ${job} (7 bytes in 150 ms).`);
const failed = [
  line('13:40:02,600', `Failed to trigger or complete checkpoint 5 for job ${job}.`),
  'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
];

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Read {
  readonly path: string;
  readonly lines: number;
  readonly at: readonly string[];
}

/** The logs of the document, with the lines of the document that their events stand in. */
function read(lines: readonly string[]): Read[] {
  const builder = createDocumentBuilder('file:///yarn.txt', { lines: 'document' });
  builder.push(utf8(lines.join('\n')));
  return builder.end().map((source) => {
    expect(documentOf(source)).toBe('file:///yarn.txt');
    for (const event of source.events) expect(hasLine(source, event.line)).toBe(true);
    const at = source.events.map((event) => lines[event.line - 1] ?? '');
    return { path: source.path, lines: source.lines, at };
  });
}

test('a log without a frame is one source', () => {
  expect(read([completed])).toEqual([{ path: 'file:///yarn.txt', lines: 1, at: [completed] }]);
});

test('the files inside what `yarn logs` prints are sources whose lines are those of the document', () => {
  const logs = read([
    'Container: container_1544087411513_1218_01_000001 on worker-1.example.com_45454',
    '===============================================================================',
    'LogType:jobmanager.log',
    'Log Contents:',
    line('13:40:01,000', 'No checkpoint found during restore.'),
    ...failed,
    'End of LogType:jobmanager.log',
    'LogType:jobmanager.out',
    'Log Contents:',
    'End of LogType:jobmanager.out',
    'Container: container_1544087411513_1218_01_000002 on worker-2.example.com_45454',
    'LogType:taskmanager.log',
    'Log Contents:',
    completed,
    'End of LogType:taskmanager.log',
  ]);
  const [, exception] = failed;
  expect(logs.map(({ path, lines }) => [path, lines])).toEqual([
    ['file:///yarn.txt!container_1544087411513_1218_01_000001/jobmanager.log', 3],
    ['file:///yarn.txt!container_1544087411513_1218_01_000002/taskmanager.log', 1],
  ]);
  expect(logs[0]?.at).toContain(exception);
  expect(logs[1]?.at).toEqual([completed]);
});

test('files that `tail` follows in turn keep their lines apart', () => {
  const second = line('13:40:03,500', `Completed checkpoint 5 for job ${job} (7 bytes in 150 ms).`);
  expect(read(['==> jm.log <==', completed, '', '==> tm.log <==', 'x', '', '==> jm.log <==', second])).toEqual([
    { path: 'file:///yarn.txt!jm.log', lines: 3, at: [completed, second] },
    { path: 'file:///yarn.txt!tm.log', lines: 2, at: [] },
  ]);
});

test('what stands before the first file is not lost', () => {
  const [before, after] = read([completed, '==> tm.log <==', completed]);
  expect([before?.at, after?.at]).toEqual([[completed], [completed]]);
});

test('a source knows where it begins', () => {
  const builder = createDocumentBuilder('a.txt', { lines: 'document' });
  builder.push(utf8(`==> jm.log <==\n${completed}\n==> tm.log <==\n${completed}\n`));
  expect(builder.end().map(firstLine)).toEqual([2, 4]);
});

test('its lines count as those of an inner file where that is asked for', () => {
  const builder = createDocumentBuilder('a.txt', { lines: 'own' });
  builder.push(utf8(`==> jm.log <==\n${completed}\n\n==> tm.log <==\nx\n${completed}\n`));
  expect(builder.end().map(({ path, events }) => [path, events.map((event) => event.line)])).toEqual([
    ['a.txt!jm.log', [1]],
    ['a.txt!tm.log', [2]],
  ]);
});

test('a line that looks like a frame does not end a log', () => {
  expect(read(['Container: container_1 on a_1', completed])).toEqual([
    { path: 'file:///yarn.txt', lines: 2, at: [completed] },
  ]);
});

test('the lines of UTF-16 are sifted nowhere else, as those of UTF-8 may be', () => {
  const plainLayoutOf = (bytes: Uint8Array): string | undefined => {
    const builder = createDocumentBuilder('a.log', { lines: 'own' });
    builder.push(bytes);
    return builder.plainLayout()?.id;
  };
  const text = `${completed}\n`.repeat(100);
  expect(plainLayoutOf(utf8(text))).toBeDefined();
  expect(plainLayoutOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBeUndefined();
});

test('a text with zero characters is read as it is', () => {
  const builder = createDocumentBuilder('a.txt', { lines: 'document', isUtf8: true });
  builder.push(utf8(`${'\0a'.repeat(3000)}\n${completed}\n`));
  expect(builder.end().map(({ lines }) => lines)).toEqual([2]);
});

test('a record with any number of exceptions tells of each', () => {
  const exceptions = Array<string>(130_000).fill(failed[1] ?? '');
  expect(sourceOf('jm.log', [completed, ...exceptions].join('\n')).events).toHaveLength(130_001);
});
