import { describe, expect, test } from 'vitest';
import { subtaskName } from '../text/name.js';
import { buildLogSet } from './logSet.js';
import type { Checkpoint, LogSet } from './model.js';
import { sourceOf } from './source.js';

const job = '1'.repeat(32);
const vertices = ['a'.repeat(32), 'b'.repeat(32)] as const;
/** 2026-11-22 13:40:00 UTC */
const start = 1795354800000;
const line = (ms: number, level: string, logger: string, message: string): string => {
  const time = new Date(start + ms).toISOString().replace('T', ' ').replace('.', ',').slice(0, -1);
  return `${time} ${level.padEnd(5)} org.apache.flink.${logger} [] - ${message}`;
};
const graph = (ms: number, message: string): string =>
  line(ms, 'INFO', 'runtime.executiongraph.ExecutionGraph', message);
const coordinator = (ms: number, level: string, message: string): string =>
  line(ms, level, 'runtime.checkpoint.CheckpointCoordinator', message);
const task = (ms: number, logger: string, message: string): string =>
  line(ms, 'DEBUG', `streaming.runtime.tasks.${logger}`, message);

/** Since 1.16 an attempt's id holds the vertex. */
const since116 = vertices.map((vertex) => `${'c'.repeat(32)}_${vertex}_0_0`) as [string, string];
const before116 = ['d'.repeat(32), 'e'.repeat(32)] as const;

/** Two vertices `map` of one subtask each; only the first acknowledges checkpoint 4. */
const expired = ([first, second]: readonly [string, string]): LogSet => {
  const states = (id: string): string[] =>
    [
      ['CREATED', 'SCHEDULED'],
      ['SCHEDULED', 'DEPLOYING'],
    ].map(([from, to], i) => graph(i, `map (1/1) (${id}) switched from ${from} to ${to}.`));
  const runs = (ms: number, id: string): string =>
    graph(ms, `map (1/1) (${id}) switched from INITIALIZING to RUNNING.`);
  const jm = [
    ...states(first),
    ...states(second),
    runs(20, first),
    runs(21, second),
    coordinator(1000, 'INFO', `Triggering checkpoint 4 (type=CHECKPOINT) @ ${start + 1000} for job ${job}.`),
    coordinator(
      1100,
      'DEBUG',
      `Received acknowledge message for checkpoint 4 from task ${first} of job ${job} at tm-1 @ localhost (dataPort=1).`,
    ),
    coordinator(5000, 'INFO', `Checkpoint 4 of job ${job} expired before completing.`),
  ];
  const slot = 'f'.repeat(32);
  const slotRequest = line(
    9,
    'INFO',
    'runtime.taskexecutor.TaskExecutor',
    `Receive slot request ${slot} for job ${job} from resource manager with leader id ${'0'.repeat(32)}.`,
  );
  const received = (id: string): string[] => [
    line(
      10,
      'INFO',
      'runtime.taskexecutor.TaskExecutor',
      `Received task map (1/1)#0 (${id}), deploy into slot with allocation id ${slot}.`,
    ),
    line(11, 'INFO', 'runtime.taskmanager.Task', `map (1/1)#0 (${id}) switched from CREATED to DEPLOYING.`),
  ];
  const synchronous = (ms: number): string[] => [
    task(
      ms,
      'StreamTask',
      "Starting checkpoint 4 CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD} on task map (1/1)#0",
    ),
    task(
      ms + 3000,
      'SubtaskCheckpointCoordinatorImpl',
      'map (1/1)#0 - finished synchronous part of checkpoint 4. Alignment duration: 0 ms, snapshot duration -1 ms, is unaligned checkpoint : false',
    ),
  ];
  const tm = [slotRequest, ...received(first), ...received(second), ...synchronous(1050), ...synchronous(4000)];
  return buildLogSet([sourceOf('jm.log', jm.join('\n')), sourceOf('tm.log', tm.join('\n'))]);
};
const four = (set: LogSet): Checkpoint | undefined => set.jobs[0]?.checkpoints[0];

describe.each([
  ['since 1.16', since116, vertices[1]],
  ['before', before116, before116[1]],
])('two vertices of one name, %s', (_, ids, vertex) => {
  const set = expired(ids);

  test('are told apart where lines name attempts', () => {
    expect(four(set)?.acknowledged).toEqual({ count: 1, expected: 2 });
    expect(four(set)?.missing?.map(subtaskName)).toEqual([`map (1/1) of ${vertex.slice(0, 8)}…`]);
    expect(four(set)?.subtasks.map(({ attemptId, acknowledged }) => [attemptId, acknowledged])).toEqual([
      [ids[0], true],
      [ids[1], false],
    ]);
  });

  test('nothing is said of either by lines that name no attempt', () => {
    const starts = set.sources.flatMap(({ facts }) => facts.filter(({ event }) => event.message.kind === 'start'));
    expect(starts.map((fact) => [fact.job?.id, fact.checkpoint?.id, fact.subtask, fact.attempt])).toEqual([
      [job, 4, null, null],
      [job, 4, null, null],
    ]);
    expect(four(set)?.subtasks.map(({ sync }) => sync.known)).toEqual(['nothing', 'nothing']);
  });

  test('no clock is accused since one answered before the other', () => {
    const skew = set.sources.find(({ path }) => path === 'tm.log')?.skew;
    expect(skew?.low ?? 0).toBeLessThanOrEqual(skew?.high ?? 0);
  });
});

test('the attempts of one subtask, which follow each other, are no twins', () => {
  const states = (from: number, id: string, ...all: string[]): string[] =>
    all.slice(1).map((to, i) => graph(from + i, `map (1/1) (${id}) switched from ${all[i]} to ${to}.`));
  const lines = [
    ...states(0, before116[0], 'CREATED', 'SCHEDULED', 'DEPLOYING', 'RUNNING', 'CANCELING', 'CANCELED'),
    ...states(9, before116[1], 'CREATED', 'SCHEDULED', 'DEPLOYING', 'RUNNING'),
  ];
  const { attempts } = buildLogSet([sourceOf('jm.log', lines.join('\n'))]);
  expect([...attempts.values()].map(({ twin }) => twin)).toEqual([null, null]);
});
