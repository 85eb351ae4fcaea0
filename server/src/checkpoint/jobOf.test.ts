import { describe, expect, test } from 'vitest';
import { jobManager as jm, taskManager as tm } from '../../../test/lines.js';
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

const jobManager = (ms: number, message: string): string =>
  line(ms, 'INFO', 'runtime.checkpoint.CheckpointCoordinator', message);
const triggers = (ms: number, id: number, job: string): string =>
  jobManager(ms, `Triggering checkpoint ${id} (type=CHECKPOINT) @ ${start + ms} for job ${job}.`);
const completes = (ms: number, id: number, job: string): string =>
  jobManager(
    ms,
    `Completed checkpoint ${id} for job ${job} (7 bytes, checkpointDuration=5 ms, finalizationTime=1 ms).`,
  );
const banner = line(
  0,
  'INFO',
  'runtime.entrypoint.ClusterEntrypoint',
  ' Starting StandaloneSessionClusterEntrypoint (Version: 1.20.5, Scala: 2.12, Rev:8b8bd2e, Date:2024-07-25T02:39:26+02:00)',
);
const end = line(
  60_000,
  'INFO',
  'runtime.checkpoint.CheckpointCoordinator',
  `Stopping checkpoint coordinator for job ${one}.`,
);

describe('two jobs with a task of one name on one TaskManager', () => {
  test('are told apart by the parallelism that a line names', () => {
    const set = setOf({ 'tm.log': [...receives(0, one, 1), ...receives(1, two, 2), starts(9, 4, 2), starts(9, 5, 1)] });
    expect(startsIn(set).map(({ job }) => job?.id)).toEqual([two, one]);
    expect(set.jobs.map(({ id }) => id)).toEqual([one, two]);
  });

  /** The epoch beside the last one's time tells the zone of the clock. */
  const received = [
    ...receives(0, one, 2),
    ...receives(1, two, 2),
    line(
      2,
      'DEBUG',
      'runtime.taskexecutor.TaskExecutor',
      `Trigger checkpoint 1@${start} for ${one}_${'b'.repeat(32)}_0_0.`,
    ),
  ];
  const both = [one, two];

  test('are told apart by who had the checkpoint then', () => {
    const jm = [
      banner,
      triggers(10_000, 4, one),
      completes(10_050, 4, one),
      triggers(20_000, 4, two),
      triggers(20_100, 9, one),
      end,
    ];
    const set = setOf({
      'jm.log': jm,
      'tm.log': [...received, starts(10_020, 4, 2), starts(20_020, 4, 2), starts(20_120, 9, 2)],
    });
    expect(startsIn(set).map(({ job, candidates }) => [job?.id, candidates])).toEqual([
      [one, []],
      [two, []],
      [one, []],
    ]);
    expect(startsIn(set).map(({ attempt }) => attempt?.jobId)).toEqual([one, two, one]);
    expect(set.jobs.map(({ id }) => id)).toEqual(both);
  });

  test.each([
    ['both had the checkpoint', [banner, triggers(10_000, 4, one), triggers(10_001, 4, two), end]],
    ['the JobManager’s log does not begin with its start', [triggers(10_000, 4, one), triggers(10_001, 3, two), end]],
    [
      'the JobManager’s log ends',
      [banner, triggers(10_000, 4, one), triggers(10_001, 3, two), triggers(10_100, 4, two)],
    ],
  ])('stay open, and make no other job, where %s', (_, jm) => {
    const set = setOf({ 'jm.log': jm, 'tm.log': [...received, starts(10_020, 4, 2)] });
    expect(startsIn(set).map(({ job, candidates }) => [job, candidates])).toEqual([[null, both]]);
    expect(set.jobs.map(({ id }) => id)).toEqual(both);
  });

  test('an exception below a record is told apart by its checkpoint', () => {
    const failed = [
      line(
        10_020,
        'WARN',
        'runtime.taskmanager.Task',
        `map (1/2)#0 (${'c'.repeat(32)}) switched from RUNNING to FAILED.`,
      ),
      'java.io.IOException: Could not perform checkpoint 4 for operator map (1/2)#0.',
    ];
    const jm = [banner, triggers(10_000, 4, one), triggers(10_001, 3, two), end];
    const set = setOf({ 'jm.log': jm, 'tm.log': [...received, ...failed] });
    const last = set.sources.flatMap(({ facts }) => facts).at(-1);
    expect([last?.job?.id, last?.checkpoint?.id]).toEqual([one, 4]);
  });

  test('a line that names no task makes no job, though nobody is known to have had its checkpoint', () => {
    const ignored = line(
      9,
      'INFO',
      'streaming.runtime.tasks.AsyncCheckpointRunnable',
      'Ignore decline of checkpoint 5 as task is not running anymore.',
    );
    const set = setOf({ 'tm.log': [...received, ignored] });
    expect(set.jobs.map(({ id }) => id)).toEqual(both);
  });
});

describe('a line that names a task without the number of its deployment is of the latest one', () => {
  const again = (line: string): string => line.replaceAll('_0_0', '_0_1').replaceAll('#0', '#1');
  const unnumbered = (at: number, id: number): string => tm.start(at, id, 0).replace('#0', '');
  const attemptsIn = (set: LogSet) => startsIn(set).map(({ attempt }) => attempt?.id?.slice(-2));

  test('that its log names before it', () => {
    const lines = [tm.received(1, 0), unnumbered(10, 1), again(tm.received(20, 0)), unnumbered(30, 2)];
    expect(attemptsIn(setOf({ 'tm.log': lines }))).toEqual(['_0', '_1']);
  });

  test('that another log names', () => {
    const deployed = [jm.banner(0), jm.deploying(1, 0), again(jm.deploying(20, 0)), jm.trigger(30, 1)];
    for (const lines of [deployed, deployed.toReversed()])
      expect(attemptsIn(setOf({ 'jm.log': lines, 'tm.log': [unnumbered(30, 1)] }))).toEqual(['_1']);
  });
});
