import { describe, expect, test } from 'vitest';
import { buildLogSet } from './logSet.js';
import type { Fact, LogSet } from './model.js';
import { sourceOf } from './source.js';

const [one, two] = ['1'.repeat(32), '2'.repeat(32)] as const;

/** 2026-11-22 13:40:00 UTC */
const start = 1795354800000;
const line = (ms: number, level: string, logger: string, message: string): string => {
  const time = new Date(start + ms).toISOString().replace('T', ' ').replace('.', ',').slice(0, -1);
  return `${time} ${level.padEnd(5)} org.apache.flink.${logger} [] - ${message}`;
};

/** A TaskManager receives the first subtask of `map` of the job; an attempt's id begins like its job's. */
const receives = (ms: number, job: string, parallelism: number): string[] => [
  line(
    ms,
    'INFO',
    'runtime.taskexecutor.TaskExecutor',
    `Receive slot request ${job.replace(/^./, 'a')} for job ${job} from resource manager with leader id ${'0'.repeat(32)}.`,
  ),
  line(
    ms,
    'INFO',
    'runtime.taskexecutor.TaskExecutor',
    `Received task map (1/${parallelism})#0 (${job}_${'b'.repeat(32)}_0_0), deploy into slot with allocation id ${job.replace(/^./, 'a')}.`,
  ),
];
const starts = (ms: number, id: number, parallelism: number): string =>
  line(
    ms,
    'DEBUG',
    'streaming.runtime.tasks.StreamTask',
    `Starting checkpoint ${id} CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD} on task map (1/${parallelism})#0`,
  );

const setOf = (logs: Readonly<Record<string, readonly string[]>>): LogSet =>
  buildLogSet(Object.entries(logs).map(([path, lines]) => sourceOf(path, lines.join('\n'))));
const startsIn = (set: LogSet): Fact[] =>
  set.sources.flatMap(({ facts }) => facts.filter(({ event }) => event.message.kind === 'start'));

describe('two jobs with a task of one name on one TaskManager', () => {
  test('are told apart by the parallelism that a line names', () => {
    const set = setOf({ 'tm.log': [...receives(0, one, 1), ...receives(1, two, 2), starts(9, 4, 2), starts(9, 5, 1)] });
    expect(startsIn(set).map(({ job }) => job?.id)).toEqual([two, one]);
    expect(set.jobs.map(({ id }) => id)).toEqual([one, two]);
  });
});
