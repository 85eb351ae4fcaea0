import { describe, expect, test } from 'vitest';
import { moved } from '../../../test/clocks.js';
import { sourcesOf } from '../../../test/clusters.js';
import { jobManager as jm, taskManager as tm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding, RuleId } from './finding.js';

const found = (rule: RuleId, sources: Parameters<typeof analyse>[0]): Finding[] =>
  analyse(sources).findings.filter((finding) => finding.rule === rule);

describe('log-level-too-low', () => {
  test('names the loggers in the configuration lines of that version', () => {
    expect(found('log-level-too-low', sourcesOf('1.20.5-expired-info'))).toMatchObject([
      {
        severity: 'info',
        advice:
          'To see it next time: logger.checkpointing.name = org.apache.flink.streaming.runtime.tasks, logger.checkpointing.level = DEBUG in log4j.properties (log4j-console.properties in containers) of the TaskManagers; logger.coordinator.name = org.apache.flink.runtime.checkpoint.CheckpointCoordinator, logger.coordinator.level = DEBUG in log4j.properties (log4j-console.properties in containers) of the JobManager.',
      },
    ]);
    const old = [jm.banner(0, '1.9.3'), jm.trigger(10, 1), jm.expire(14, 1)];
    const [finding] = found('log-level-too-low', [sourceOf('jm.log', old.join('\n'))]);
    expect(finding?.advice).toMatch(
      /^Add them; where they do not tell it either, next time: log4j\.logger\.org\.apache\.flink\.streaming\.runtime\.tasks=DEBUG/,
    );
  });

  test('is silent where the numbers are there', () => {
    expect(found('log-level-too-low', sourcesOf('samples'))).toEqual([]);
  });
});

describe('log-incomplete', () => {
  test('tells whose trigger or end is missing, and how many are not there at all', () => {
    const [before, after] = [
      [jm.banner(0), jm.complete(9, 3, 100), jm.trigger(10, 4)],
      [jm.trigger(20, 7), jm.complete(21, 7, 1000)],
    ];
    const [finding] = found('log-incomplete', [
      sourceOf('jm.log.1', before.join('\n')),
      sourceOf('jm.log', after.join('\n')),
    ]);
    expect(finding).toMatchObject({ severity: 'info' });
    expect(finding?.message).toContain('the trigger of checkpoint 3');
    expect(finding?.message).toContain('2 checkpoints in between');
  });

  test('ids that a log leaves out are in none of its rolled files', () => {
    const lines = [3, 9].flatMap((id) => [jm.trigger(id, id), jm.complete(id + 0.5, id, 500)]);
    const [finding] = found('log-incomplete', [sourceOf('jm.log', [jm.banner(0), ...lines].join('\n'))]);
    expect(finding?.message).toBe(
      '5 checkpoint ids have no line in a log that goes on around them: Flink could not trigger those checkpoints, or lines were taken out.',
    );
    expect(finding?.advice).not.toContain('rolled');
  });

  test('ids between which the job began anew may be in the log of another JobManager', () => {
    const lines = [
      ...[jm.banner(0), jm.trigger(3, 3), jm.complete(3.5, 3, 500), jm.state(8, 'CREATED', 'RUNNING')],
      ...[jm.trigger(9, 9), jm.complete(9.5, 9, 500)],
    ];
    const [finding] = found('log-incomplete', [sourceOf('jm.log', lines.join('\n'))]);
    expect(finding?.message).toBe('Not in these logs: 5 checkpoints in between.');
  });

  test('says nothing of what may be of either of two jobs', () => {
    const one = [jm.trigger(10, 1), jm.complete(11, 1, 1000)].join('\n');
    const other = one.replaceAll('c96225fe124a7185c4d2a31868378839', 'd96225fe124a7185c4d2a31868378839');
    const sources = [
      sourceOf('jm.log', [jm.banner(0), one, other].join('\n')),
      sourceOf('tm.log', [tm.received(1, 0), tm.start(10, 1, 0), tm.sync(10.1, 1, 0)].join('\n')),
    ];
    expect(found('log-incomplete', sources)).toEqual([]);
  });

  test('asks for the JobManager where only TaskManagers are there', () => {
    const [finding] = found('log-incomplete', [
      sourceOf('tm.log', [tm.received(1, 0), tm.start(10, 1, 0), tm.sync(10.1, 1, 0)].join('\n')),
    ]);
    expect(finding?.message).toBe(
      'No log of a JobManager is among these, so that they do not say how checkpoint 1 ended.',
    );
  });
});

describe('time-zone-mismatch', () => {
  test('two clocks that print different zones', () => {
    const sources = sourcesOf('samples').map((source, i) => (i === 0 ? moved(source, 480 * 60_000) : source));
    const [finding, ...others] = found('time-zone-mismatch', sources);
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      'The clocks of these logs print different zones: UTC in flink-flink-taskexecutor-0-vm.log and flink-flink-taskexecutor-1-vm.log; UTC+08:00 in flink-flink-standalonesession-0-vm.log. Times are compared in UTC.',
    );
    // A line of each clock.
    expect(finding?.facts.map(({ source }) => source)).toEqual([1, 0]);
    expect(found('time-zone-mismatch', sourcesOf('samples'))).toEqual([]);
  });

  test('a clock whose zone no line tells matters beside one that tells, and is shown by its line', () => {
    const known = sourceOf('jm.log', jm.trigger(10, 1));
    const open = ['a.log', 'b.log'].map((path) => sourceOf(path, tm.start(10, 1, 0)));
    const [finding, ...others] = found('time-zone-mismatch', [known, ...open]);
    expect(others).toEqual([]);
    expect(finding?.message).toContain('which zone the clock of a.log and b.log prints');
    expect(finding?.facts.map(({ source }) => source)).toEqual([0, 1]);
    expect(found('time-zone-mismatch', open)).toEqual([]);
  });
});

describe('restored and aborted-by-failover', () => {
  test('up to 1.10 a job is FAILING before it restarts', () => {
    const sources = sourcesOf('1.8.3-snapshot-failures');
    const copies = sources.map((source) => ({ ...source, path: `copy/${source.path}` }));
    for (const given of [sources, [...sources, ...copies]])
      expect(found('aborted-by-failover', given)).toMatchObject([
        { message: 'Checkpoints 4 and 9 were aborted when the job restarted after a failure.' },
      ]);
  });

  test('are told without accusation, once per checkpoint and per way', () => {
    expect(found('restored', sourcesOf('1.13.6-task-failure')).map(({ message }) => message)).toEqual([
      'The job restarted after enrich-map (2/2) failed: went on from checkpoint 1 (triggered 4.2s before the failure).',
      'The job restarted after enrich-map (2/2) failed: went on from checkpoint 6 (triggered 1.4s before the failure).',
      'The job restarted after enrich-map (2/2) failed: went on from checkpoint 12 (triggered 1.4s before the failure).',
    ]);
    expect(found('aborted-by-failover', sourcesOf('1.13.6-task-failure'))).toMatchObject([
      { severity: 'info', message: 'Checkpoints 2, 7 and 13 were aborted when the job restarted after a failure.' },
    ]);
  });

  const line = (time: string, logger: string, message: string): string =>
    `2026-11-23 20:58:${time} INFO  org.apache.flink.runtime.${logger} [] - ${message}`;

  test('a job that started from a savepoint and fell back to it was restored from it twice', () => {
    const job = '31232dc99ed3a65d5fe1d6fc1cc5cbec';
    const savepoint = `Savepoint 4 @ 0 for ${job} located at file:/sp/savepoint-8d7b82-28d8ad30fca0.`;
    const [coordinator, graph] = ['checkpoint.CheckpointCoordinator', 'executiongraph.ExecutionGraph'];
    const lines = [
      line('47,773', coordinator, `Starting job ${job} from savepoint file:/sp/savepoint-8d7b82-28d8ad30fca0 ()`),
      line('47,805', coordinator, `Restoring job ${job} from ${savepoint}`),
      line('47,826', graph, `Job orders-again (${job}) switched from state CREATED to RUNNING.`),
      line('48,430', graph, `Job orders-again (${job}) switched from state RUNNING to RESTARTING.`),
      line('49,446', graph, `Job orders-again (${job}) switched from state RESTARTING to RUNNING.`),
      line('49,449', coordinator, `Restoring job ${job} from ${savepoint}`),
    ];
    expect(found('restored', [sourceOf('jm.log', lines.join('\n'))]).map(({ message }) => message)).toEqual([
      'The job was restored from savepoint 4.',
      'The job restarted: went on from savepoint 4.',
    ]);
  });

  test('a job whose savepoint could not be read was not restored', () => {
    const job = '7b8b592396c2c36361d9e123377f619e';
    const lines = [
      line(
        '43,254',
        'checkpoint.CheckpointCoordinator',
        `Starting job ${job} from savepoint file:///no/such/savepoint ()`,
      ),
      line('43,263', 'dispatcher.StandaloneDispatcher', `Job ${job} reached terminal state FAILED.`),
      'org.apache.flink.runtime.client.JobInitializationException: Could not start the JobMaster.',
    ];
    expect(found('restored', [sourceOf('jm.log', lines.join('\n'))])).toEqual([]);
  });

  test('a checkpoint overtaken by stop-with-savepoint was not cancelled', () => {
    const lines = [
      jm.banner(0),
      jm.trigger(10, 1),
      jm.fail(
        10.5,
        1,
        'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint Coordinator is suspending.',
      ),
      jm.trigger(
        10.6,
        2,
        "SavepointType{name='Suspend Savepoint', postCheckpointAction=SUSPEND, formatType=CANONICAL}",
      ),
      jm.complete(11, 2, 400),
      jm.state(12, 'RUNNING', 'FINISHED'),
    ];
    expect(found('aborted-by-failover', [sourceOf('jm.log', lines.join('\n'))])).toMatchObject([
      { message: 'Checkpoint 1 was aborted when the job was stopped with a savepoint.' },
    ]);
  });

  test('up to 1.13 nothing but the savepoint tells that it was overtaken', () => {
    const lines = [
      jm.banner(0, '1.13.6'),
      jm.trigger(10, 1),
      jm.trigger(10.2, 2, 'SAVEPOINT_SUSPEND'),
      jm.complete(15, 2, 4800),
      jm.state(15.1, 'RUNNING', 'FINISHED'),
    ];
    const kindsIn = (told: readonly string[]) =>
      found('aborted-by-failover', [sourceOf('jm.log', told.join('\n'))]).map(({ message, facts }) => [
        message,
        ...facts.map(({ event }) => event.message.kind),
      ]);
    const message = 'Checkpoint 1 was aborted when the job was stopped with a savepoint.';
    expect(kindsIn(lines)).toEqual([[message, 'job-status']]);
    // Without the job's end the trigger of the checkpoint is all that there is of it.
    expect(kindsIn(lines.slice(0, -1))).toEqual([[message, 'trigger']]);
  });

  test('where no line tells what the job did, neither does the finding', () => {
    const suspending = 'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint Coordinator is suspending.';
    const lines = [jm.banner(0), jm.trigger(10, 1), jm.fail(10.3, 1, suspending)];
    expect(found('aborted-by-failover', [sourceOf('jm.log', lines.join('\n'))])).toMatchObject([
      { message: 'Checkpoint 1 was aborted.' },
    ]);
  });

  test('a savepoint that dies with a failure did not overtake itself', () => {
    const suspending = 'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint Coordinator is suspending.';
    const lines = [
      jm.banner(0),
      jm.trigger(10, 1, 'SAVEPOINT_SUSPEND'),
      jm.state(10.3, 'RUNNING', 'RESTARTING'),
      jm.fail(10.3, 1, suspending),
    ];
    const sources = [sourceOf('jm.log', lines.join('\n'))];
    expect(found('aborted-by-failover', sources)).toMatchObject([
      { message: 'Savepoint 1 was aborted when the job restarted after a failure.' },
    ]);
    const [failed] = found('savepoint-failed', sources);
    expect(failed?.message).toBe('Savepoint 1 failed: the job restarted after a failure.');
    expect(failed?.facts.map(({ event }) => event.message.kind)).toContain('job-status');
  });

  test('the adaptive scheduler cancels a job that it restarts', () => {
    const suspending = 'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint Coordinator is suspending.';
    const lines = [
      jm.banner(0),
      jm.state(1, 'CREATED', 'RUNNING'),
      jm.trigger(10, 1),
      jm.state(10.3, 'RUNNING', 'CANCELLING'),
      jm.fail(10.3, 1, suspending),
      jm.state(10.4, 'CANCELLING', 'CANCELED'),
      jm
        .say(
          10.4,
          'executiongraph.ExecutionGraph',
          'ExecutionGraph c96225fe124a7185c4d2a31868378839 reached terminal state CANCELED.',
        )
        .replace('INFO ', 'DEBUG'),
      jm.state(10.5, 'CREATED', 'RUNNING'),
      jm.trigger(20, 2),
      jm.state(20.3, 'RUNNING', 'CANCELLING'),
      jm.fail(20.3, 2, suspending),
      jm.state(20.4, 'CANCELLING', 'CANCELED'),
    ];
    expect(found('aborted-by-failover', [sourceOf('jm.log', lines.join('\n'))])).toMatchObject([
      { message: 'Checkpoint 1 was aborted when the adaptive scheduler restarted the job.' },
      { message: 'Checkpoint 2 was aborted when the job was cancelled.' },
    ]);
  });
});
