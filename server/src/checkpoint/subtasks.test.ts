import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { buildLogSet } from './logSet.js';
import type { Checkpoint } from './model.js';
import { sourceOf } from './source.js';

const checkpointOf = (...lines: readonly string[]): Checkpoint | undefined =>
  buildLogSet([sourceOf('jm.log', lines.join('\n'))]).jobs.flatMap(({ checkpoints }) => checkpoints)[0];

const deployed = [jm.banner(0), jm.state(0.5, 'CREATED', 'RUNNING'), jm.deploying(1, 0), jm.deploying(1, 1)];
const zero = { known: 'exact', ms: 0 };

test('since 1.14 a task that finished before the trigger counts as acknowledged, with zeros', () => {
  const finished = [jm.task(2, 0, 'RUNNING', 'FINISHED'), jm.task(2, 1, 'INITIALIZING', 'RUNNING')];
  const story = [...deployed, ...finished, jm.trigger(10, 1), jm.acknowledge(11, 1, 1)];
  const checkpoint = checkpointOf(...story, jm.complete(11, 1, 1000));
  expect(checkpoint?.acknowledged).toEqual({ count: 2, expected: 2 });
  expect(checkpoint?.subtasks.map(({ index }) => index)).toEqual([0, 1]);
  const one = checkpoint?.subtasks[0];
  expect(one).toMatchObject({
    ...{ acknowledged: true, late: false, declined: false },
    ...{ startDelay: zero, alignment: zero, sync: zero, async: zero },
  });
  expect(one?.facts.map(({ event }) => event.fields['toState'])).toEqual(['FINISHED']);
  // Where it expired, only the other one can have been missing.
  const next = [jm.trigger(12, 2), jm.acknowledge(12.1, 2, 1), jm.complete(12.2, 2, 200)];
  const expired = checkpointOf(...story.slice(0, -1), ...next, jm.expire(14, 1));
  expect(expired?.missing?.map(({ index }) => index)).toEqual([1]);
});

test('a task that finished after the trigger acknowledged, or did not', () => {
  const story = [...deployed, jm.trigger(10, 1), jm.acknowledge(11, 1, 1), jm.task(12, 0, 'RUNNING', 'FINISHED')];
  expect(checkpointOf(...story, jm.expire(14, 1))?.missing?.map(({ index }) => index)).toEqual([0]);
});

test('what the JobManager logs of a subtask at TRACE is exact, but for -1, which is no value', () => {
  const stats = (sync: number, async: number): string =>
    jm
      .say(
        10.9,
        'checkpoint.CheckpointStatsTracker',
        `Checkpoint 1 stats for orders (1/2): size=10Kb, duration=900ms, sync part=${sync}ms, async part=${async}ms`,
      )
      .replace(' INFO ', ' TRACE ');
  const phases = (sync: number, async: number) => {
    const story = [...deployed, jm.trigger(10, 1), stats(sync, async), jm.complete(11, 1, 1000)];
    const subtask = checkpointOf(...story)?.subtasks[0];
    return [subtask?.sync, subtask?.async];
  };
  const exact = (ms: number) => ({ known: 'exact', ms });
  const nothing = { known: 'nothing' };
  expect(phases(30, 400)).toEqual([exact(30), exact(400)]);
  expect(phases(0, -1)).toEqual([exact(0), nothing]);
  expect(phases(-1, 0)).toEqual([nothing, exact(0)]);
});

test('a span tells the values of single subtasks, and the largest of a task bounds those of the others', () => {
  const span = (name: string, attributes: string, children: readonly string[]): string =>
    `SimpleSpan{scope=org.apache.flink.runtime.checkpoint.CheckpointStatsTracker, name=${name}, startTsMillis=${Date.UTC(2026, 10, 22, 13, 40, 10)}, endTsMillis=2, attributes={${attributes}}, children=[${children.join(', ')}]}`;
  const first = span(
    'Checkpoint_Subtask',
    'subtaskId=0, StateSizeBytes=10, CheckpointStartDelayMs=4, AlignmentDurationMs=3, SyncCheckpointDurationMs=20, AsyncCheckpointDurationMs=6',
    [],
  );
  const others = [1, 7].map((index) =>
    span('Checkpoint_Subtask', `subtaskId=${index}, SyncCheckpointDurationMs=15`, []),
  );
  const largest =
    'maxCheckpointStartDelayMs=4, maxAlignmentDurationMs=3, maxSyncCheckpointDurationMs=20, maxAsyncCheckpointDurationMs=6';
  const task = span('Checkpoint_Task', `jobVertexId=1e5d91a19379b05a7cd0219786e01567, ${largest}`, [first, ...others]);
  const stranger = span('Checkpoint_Task', `jobVertexId=${'0'.repeat(32)}, maxAlignmentDurationMs=1`, [
    span('Checkpoint_Subtask', 'subtaskId=0, SyncCheckpointDurationMs=99', []),
  ]);
  const checkpoint = span(
    'Checkpoint',
    'checkpointId=1, checkpointStatus=COMPLETED, jobId=c96225fe124a7185c4d2a31868378839',
    [task, stranger],
  );
  const line = jm
    .say(11, 'x', `Reported span: ${checkpoint}`)
    .replace('org.apache.flink.runtime.x', 'org.apache.flink.traces.slf4j.Slf4jTraceReporter');
  const acknowledged = [jm.trigger(10, 1), jm.acknowledge(10.5, 1, 0), jm.acknowledge(10.5, 1, 1)];
  const subtasks = checkpointOf(...deployed, ...acknowledged, jm.complete(11, 1, 1000), line)?.subtasks ?? [];
  const exact = (ms: number) => ({ known: 'exact', ms });
  const upTo = (high: number) => ({ known: 'bounds', low: 0, high });
  expect(subtasks).toMatchObject([
    { startDelay: exact(4), alignment: exact(3), sync: exact(20), async: exact(6), stateBytes: 10 },
    { startDelay: upTo(4), alignment: upTo(3), sync: exact(15), async: upTo(6), stateBytes: null },
  ]);
  for (const { facts } of subtasks) expect(facts.map(({ event }) => event.message.kind)).toEqual(['ack', 'complete']);
});
