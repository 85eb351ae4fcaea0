import { expect, test } from 'vitest';
import { createSectionReader, type Section } from './sections.js';

/** The inner files of a log with their lines of text, in their order. */
function sections(lines: readonly string[]): (Section & { text: string[] })[] {
  const reader = createSectionReader();
  const found: (Section & { text: string[] })[] = [];
  for (const line of lines) {
    const { begins, isText } = reader.push(line);
    if (begins !== null) found.push({ ...begins, text: [] });
    else if (isText) found.at(-1)?.text.push(line);
  }
  return found;
}

const hadoop2 = `Container: container_1544087411513_1218_01_000001 on worker-3.example.com_45454
===============================================================================
LogType:jobmanager.log
Log Upload Time:Tue May 14 09:30:00 +0200 2024
LogLength:70
Log Contents:
2024-05-14 09:21:33,417 INFO  a.B [] - one
2024-05-14 09:21:33,418 INFO  a.B [] - two
End of LogType:jobmanager.log

LogType:jobmanager.out
Log Upload Time:Tue May 14 09:30:00 +0200 2024
LogLength:0
Log Contents:

End of LogType:jobmanager.out
`;

const hadoop3 = `Container: container_e53_1544087411513_1218_01_000002 on worker-4.example.com_8041
LogAggregationType: LOCAL
==================================================================================
LogType:taskmanager.log
LogLastModifiedTime:Tue May 14 09:30:00 +0200 2024
LogLength:40
LogContents:
2024-05-14 09:21:33,417 INFO  a.B [] - one
End of LogType:taskmanager.log.This log file belongs to a running container (container_e53_1544087411513_1218_01_000002) and so may not be complete.
******************************************************************************
`;

const one = '2024-05-14 09:21:33,417 INFO  a.B [] - one';
const two = '2024-05-14 09:21:33,418 INFO  a.B [] - two';

test('files of YARN, of Hadoop 2 and 3', () => {
  expect(sections((hadoop2 + hadoop3).split('\n'))).toEqual([
    { name: 'jobmanager.log', container: 'container_1544087411513_1218_01_000001', text: [one, two] },
    { name: 'jobmanager.out', container: 'container_1544087411513_1218_01_000001', text: [''] },
    { name: 'taskmanager.log', container: 'container_e53_1544087411513_1218_01_000002', text: [one] },
  ]);
});

test('files of tail', () => {
  expect(sections(['==> jm.log <==', 'a', 'b', '==> tm.log <==', 'c'])).toEqual([
    { name: 'jm.log', container: null, text: ['a', 'b'] },
    { name: 'tm.log', container: null, text: ['c'] },
  ]);
});

test('a file cut off in its middle ends with the text', () => {
  const lines = hadoop2.split('\n').slice(0, 7);
  expect(sections(lines)).toMatchObject([{ name: 'jobmanager.log', text: [one] }]);
});

test('a log that is one file has no sections', () => {
  expect(sections([one, 'LogType:x', 'Container: none'])).toEqual([]);
});
