import { describe, expect, it } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { messages } from './catalogue.js';
import { fieldColumns } from './fieldColumns.js';
import { recogniseAll } from './recogniser.js';

const textsOf = (log: string): Record<string, string> => {
  const [event] = recogniseAll(readRecords(log));
  if (event === undefined) return {};
  return Object.fromEntries([...fieldColumns(event)].map(([name, columns]) => [name, log.slice(...columns)]));
};

describe('fieldColumns', () => {
  it('finds each field where the line holds it', () => {
    const head = '2024-05-14 09:21:33,417 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - ';
    expect(textsOf(`${head}Checkpoint 604 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 expired before completing.`)).toEqual(
      {
        checkpointId: '604',
        jobId: '78d2a1c0f6b24f0f8c5e3d9b7a6f4e21',
      },
    );
  });

  it('finds them in prose, as they stand there', () => {
    expect(
      textsOf('We saw: Checkpoint 604 of job 78d2a1c0f6b2 4f0f8c5e3d9b7a6f4e21 expired before completing'),
    ).toEqual({
      checkpointId: '604',
      jobId: '78d2a1c0f6b2 4f0f8c5e3d9b7a6f4e21',
    });
  });

  it('agrees with the fields of every sample of one line', () => {
    for (const { samples } of messages) {
      for (const sample of samples) {
        const [event] = recogniseAll(readRecords(sample));
        if (event === undefined || event.columns === null || event.pasted === true) continue;
        for (const [name, columns] of fieldColumns(event))
          expect(sample.slice(...columns)).toBe(String(event.fields[name]));
      }
    }
  });
});
