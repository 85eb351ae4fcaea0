import { describe, expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { jobManager as jm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';

const errors = (sources: Parameters<typeof analyse>[0]): Finding[] =>
  analyse(sources).findings.filter(({ severity }) => severity === 'error');
const idsOf = ({ checkpoints }: Finding) => checkpoints.map(({ id }) => id);

describe('task-failed and taskmanager-lost', () => {
  test.each(['', ' [ tm-1 ] '])(
    'a task that read from the one that failed is not accused, nor its TaskManager%s',
    (id) => {
      const graph = 'org.apache.flink.runtime.executiongraph.ExecutionGraph       ';
      const [job, failed, reader] = [
        '49c697d57efb6a7ec90b08d3115080c8',
        '929c321e52c27a0c40052758083f709f',
        '38f3aef09a20f2540256ad08f3eeb518',
      ];
      const jobManager = [
        `2026-11-23 12:23:12,500 INFO  ${graph} - stateful-process (2/4) (${failed}) switched from DEPLOYING to RUNNING on tm-1 @ localhost (dataPort=36595).`,
        `2026-11-23 12:23:15,791 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - Triggering checkpoint 4 @ 1795436595790 for job ${job}.`,
        `2026-11-23 12:23:15,895 INFO  ${graph} - running-total (1/4) (${reader}) switched from RUNNING to FAILED on tm-0 @ localhost (dataPort=36594).`,
        `org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Error at remote task manager 'localhost/127.0.0.1:36595${id}'.`,
        '\tat org.apache.flink.runtime.io.network.netty.CreditBasedPartitionRequestClientHandler.decodeMsg(CreditBasedPartitionRequestClientHandler.java:280)',
        'Caused by: org.apache.flink.runtime.io.network.partition.ProducerFailedException: java.lang.Exception: Could not perform checkpoint 4 for operator stateful-process (2/4).',
        `2026-11-23 12:23:15,898 INFO  ${graph} - Job checkpoint-bed (${job}) switched from state RUNNING to FAILING.`,
      ];
      expect(errors([sourceOf('jm.log', jobManager.join('\n'))])).toEqual([]);
    },
  );

  test('up to 1.14 one task is failed before the line of the loss, and few lines name the job', () => {
    const [job, tm] = ['e785e6a6a65a041000ec405b89efa03e', 'd6b95b03257cb994759576211e46484f'];
    const [source, sink] = ['bdcbfd8cf4c327256f5f71a76b5c65eb', '24a8aa41ce22db081d2b9cb48427c504'];
    const graph = 'INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph       [] -';
    const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
    const attempt = (name: string, id: string): string[] => [
      `2026-11-23 13:06:07,355 ${graph} ${name} (${id}) switched from SCHEDULED to DEPLOYING.`,
      `2026-11-23 13:06:07,356 ${graph} Deploying ${name} (attempt #0) to ${tm} @ localhost (dataPort=37007)`,
      `2026-11-23 13:06:07,800 ${graph} ${name} (${id}) switched from DEPLOYING to RUNNING.`,
    ];
    const lines = [
      `2026-11-23 13:06:07,300 ${graph} Job bed (${job}) switched from state CREATED to RUNNING.`,
      ...attempt('events (1/1)', source),
      ...attempt('sink (1/1)', sink),
      `2026-11-23 13:06:12,993 INFO  ${coordinator} Triggering checkpoint 4 (type=CHECKPOINT) @ 1795439172990 for job ${job}.`,
      `2026-11-23 13:06:17,676 ${graph} events (1/1) (${source}) switched from RUNNING to FAILED on ${tm} @ localhost (dataPort=37007).`,
      `java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id ${tm} timed out.`,
      `2026-11-23 13:06:17,900 ${graph} Job bed (${job}) switched from state RUNNING to RESTARTING.`,
      `2026-11-23 13:06:17,969 INFO  org.apache.flink.runtime.resourcemanager.StandaloneResourceManager [] - The heartbeat of TaskManager with id ${tm} timed out.`,
      `2026-11-23 13:06:25,085 WARN  ${coordinator} Received late message for now expired checkpoint attempt 4 from task ${sink} of job ${job} at Unknown location.`,
    ];
    expect(errors([sourceOf('jm.log', lines.join('\n'))])).toMatchObject([
      { rule: 'taskmanager-lost', message: `TaskManager ${tm} was lost while 2 tasks were running on it.` },
    ]);
  });

  test.each([
    [
      'orders-taskmanager-1-3',
      'Pod terminated, container termination statuses: [flink-main-container(exitCode=137, reason=OOMKilled, message=null)]',
    ],
    ['container_e17_1700000000000_0042_01_000003(worker-3.example.com:8041)', 'Container released on a *lost* node'],
  ])('tasks that fail with the reason for which %s is gone are not accused; the reason is told', (id, reason) => {
    const [taskManager = ''] = id.split('(');
    const job = 'e785e6a6a65a041000ec405b89efa03e';
    const graph = 'INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph       [] -';
    const manager = 'INFO  org.apache.flink.runtime.resourcemanager.active.ActiveResourceManager [] -';
    const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
    const master = 'INFO  org.apache.flink.runtime.jobmaster.JobMaster                 [] -';
    const place = `on ${taskManager} @ 10.0.0.7 (dataPort=37007)`;
    const [source, sink] = ['bdcbfd8cf4c327256f5f71a76b5c65eb', '24a8aa41ce22db081d2b9cb48427c504'];
    const lines = [
      `2026-11-23 13:06:07,300 ${graph} Job bed (${job}) switched from state CREATED to RUNNING.`,
      `2026-11-23 13:06:07,800 ${graph} events (1/1) (${source}) switched from DEPLOYING to RUNNING ${place}.`,
      `2026-11-23 13:06:07,801 ${graph} sink (1/1) (${sink}) switched from DEPLOYING to RUNNING ${place}.`,
      `2026-11-23 13:06:12,993 INFO  ${coordinator} Triggering checkpoint 4 (type=CHECKPOINT) @ 1795439172990 for job ${job}.`,
      `2026-11-23 13:06:17,670 ${manager} Worker ${id} is terminated. Diagnostics: ${reason}`,
      `2026-11-23 13:06:17,671 ${manager} Closing TaskExecutor connection ${id} because: ${reason}`,
      `2026-11-23 13:06:17,676 ${graph} events (1/1) (${source}) switched from RUNNING to FAILED ${place}.`,
      `java.lang.Exception: ${reason}`,
      `2026-11-23 13:06:17,900 ${graph} Job bed (${job}) switched from state RUNNING to RESTARTING.`,
      `2026-11-23 13:06:17,901 ${graph} sink (1/1) (${sink}) switched from RUNNING to CANCELED ${place}.`,
      `2026-11-23 13:06:17,902 ${master} Disconnect TaskExecutor ${id} because: ${reason}`,
    ];
    const message = `TaskManager ${taskManager} was lost while 2 tasks were running on it: ${reason}.`;
    expect(errors([sourceOf('jm.log', lines.join('\n'))])).toMatchObject([{ rule: 'taskmanager-lost', message }]);
    const withoutManager = lines.filter((line) => !line.includes(manager));
    expect(errors([sourceOf('jm.log', withoutManager.join('\n'))])).toMatchObject([
      { rule: 'taskmanager-lost', message },
    ]);
  });

  test('one that came back under its id and was lost again is told each time, with the tasks that it had then', () => {
    const losses = errors(sourcesOf('1.16.3-taskmanager-lost-twice'));
    expect(
      losses.map(({ rule, message, subtasks, facts: [first] }) => [rule, message, subtasks.at(-1), first?.at]),
    ).toEqual(
      [
        ['stateful-process -> enrich-map (4/4)', '17:28:11.187'],
        ['stateful-process -> enrich-map (3/4)', '17:28:36.427'],
      ].map(([subtask, time]) => [
        'taskmanager-lost',
        'TaskManager tm-2 was lost while 5 tasks were running on it.',
        subtask,
        Date.parse(`2026-11-23T${time}Z`),
      ]),
    );
  });

  test('tasks that are deployed once more to one that is gone are no other loss', () => {
    const text = logsOf('1.16.3-taskmanager-lost-twice')[0]?.text ?? '';
    const losses = errors([
      sourceOf('jm.log', text.replaceAll(/^.*Registering TaskManager with ResourceID.*\n/gm, '')),
    ]);
    expect(losses.map(({ rule }) => rule)).toEqual(['taskmanager-lost']);
  });

  test('a JobManager that loses the leadership parts from its TaskManagers, which are not lost', () => {
    const found = errors(sourcesOf('2.2.0-leadership-lost')).map(({ rule }) => rule);
    expect(found).toEqual(['jobmanager-lost']);
  });

  test('a task that failed of its own is named once, with the checkpoints that died with it', () => {
    const [finding, ...others] = errors(sourcesOf('1.13.6-task-failure'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'task-failed',
      subtasks: ['enrich-map (2/2)'],
      message:
        'enrich-map (2/2) failed 3 times: e.g. IllegalStateException: injected failure in enrich-map, attempt 0.',
    });
    expect(finding && idsOf(finding)).toEqual([2, 7, 13]);
  });

  test('tasks that fail since a TaskManager went away are not accused, but those that ran there are named', () => {
    const [finding, ...others] = errors(sourcesOf('1.20.5-tm-killed'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'taskmanager-lost' });
    expect(finding?.message).toBe(
      'TaskManager localhost:39649-3c1f3a was likely lost while 5 tasks were running on it: the connection to it broke.',
    );
    expect(finding?.subtasks).toHaveLength(5);
    expect(finding?.subtasks).not.toContain('running-total -> Sink: out-sink (2/4)');
  });

  test('up to 1.7 only its own log tells which tasks a lost TaskManager had', () => {
    const [lost] = errors(sourcesOf('1.6.4-tm-killed'));
    expect(lost).toMatchObject({
      rule: 'taskmanager-lost',
      certainty: 'certain',
      message: 'TaskManager f1146d09e70e5cfbc9ccfd3c0a551836 was lost while 6 tasks were running on it.',
    });
  });

  test('a failure that took the job down within its millisecond is told', () => {
    const failed = errors(sourcesOf('1.6.4-tm-killed')).find(({ rule }) => rule === 'task-failed');
    expect(failed?.message).toBe(
      'running-total -> Sink: out-sink (2/4) failed 2 times: e.g. RuntimeException: Injected: bad record in running-total (attempt 1).',
    );
    expect(failed && idsOf(failed)).toEqual([12]);
  });

  test.each([
    [
      '1.20.1-taskmanager-stopped',
      'TaskManager tm-1 was lost while 4 tasks were running on it: it was told by a signal to stop.',
      'TaskExecutor connection tm-1|RECEIVED SIGNAL',
    ],
    [
      '2.0.0-taskmanager-oom',
      'TaskManager tm-2 was lost while 10 tasks were running on it: it ended itself after a fatal error (OutOfMemoryError: Java heap space).',
      'tm-2 is no longer reachable|Encountered fatal error',
    ],
  ])('why it ended is told where its own log says so: %s', (cluster, message, lines) => {
    const [lost, ...others] = errors(sourcesOf(cluster));
    expect(others).toEqual([]);
    expect(lost).toMatchObject({ rule: 'taskmanager-lost', message });
    const told = lost?.facts.map(
      ({ source, event }) => logsOf(cluster)[source]?.text.split('\n')[event.line - 1] ?? '',
    );
    for (const [i, text] of lines.split('|').entries()) expect(told?.[i]).toContain(text);
    expect(lost?.advice).not.toContain('Its own log');
  });

  describe('up to 1.15 a broken connection names an address alone', () => {
    const [log] = logsOf('1.12.7-taskmanager-killed');
    const lost = (change: (text: string) => string) => errors([sourceOf('jm.log', change(log?.text ?? ''))]);

    test('lines of tasks tell which TaskManager it is, so that the checkpoint that died with it is named', () => {
      const [finding, ...others] = lost((text) => text);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ rule: 'taskmanager-lost', certainty: 'certain' });
      expect(finding && idsOf(finding)).toEqual([4]);
    });

    test('without a line of the loss it is likely', () => {
      const connection = lost((text) => text.replaceAll(/^.*(?:no longer reachable|timed out).*\n/gm, ''));
      expect(connection).toMatchObject([{ certainty: 'likely' }]);
      expect(connection[0]?.message).toBe(
        'TaskManager tm-2 was likely lost while 5 tasks were running on it: the connection to it broke.',
      );
    });

    test.each([
      [
        'that two TaskManagers had',
        (text: string) => text.replace('tm-1 @ localhost (dataPort=45335)', 'tm-1 @ localhost (dataPort=33547)'),
      ],
      ['of another host', (text: string) => text.replaceAll("'localhost/127.0.0.1:33547'", "'worker/10.0.0.7:33547'")],
      [
        'that tells of its own error',
        (text: string) => text.replaceAll('Connection unexpectedly closed by remote', 'Error at remote'),
      ],
    ])('an address %s names nobody', (_, change) => {
      const [finding] = lost(change);
      expect(finding && idsOf(finding)).toEqual([]);
    });
  });

  test('without its own log it stays open why, and its own log is asked for', () => {
    const [jobManager] = sourcesOf('1.20.1-taskmanager-stopped');
    expect(errors(jobManager === undefined ? [] : [jobManager])).toMatchObject([
      {
        message: 'TaskManager tm-1 was lost while 4 tasks were running on it.',
        advice: expect.stringContaining('Its own log') as string,
      },
    ]);
  });

  test('the end of an earlier process of the same id, or one after the loss, is not why', () => {
    const told = (change: (text: string) => string) => {
      const logs = logsOf('2.0.0-taskmanager-oom');
      return errors(logs.map(({ name, text }, i) => sourceOf(name, i === 0 ? text : change(text))))[0]?.message;
    };
    const message = 'TaskManager tm-2 was lost while 10 tasks were running on it.';
    expect(
      told(
        (text) =>
          `${text}2026-11-23 20:48:17,000 INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner      [] - Starting TaskManager with ResourceID: tm-2\n`,
      ),
    ).toBe(message);
    expect(told((text) => text.replace('20:48:15,857 ERROR', '20:48:25,857 ERROR'))).toBe(message);
  });

  test('a task that failed long before by a timeout of its own was not on it any more', () => {
    const lines = [
      jm.banner(0),
      jm.deploying(0, 0),
      jm.deploying(0, 1),
      jm.task(1, 0, 'DEPLOYING', 'RUNNING'),
      jm.task(1, 1, 'DEPLOYING', 'RUNNING'),
      jm.trigger(1.5, 1),
      jm.task(2, 0, 'RUNNING', 'FAILED'),
      'java.util.concurrent.TimeoutException: The request timed out.',
      jm.say(60, 'jobmaster.JobMaster', 'TaskManager with id tm-1 is no longer reachable.'),
    ];
    const lost = errors([sourceOf('jm.log', lines.join('\n'))]).find(({ rule }) => rule === 'taskmanager-lost');
    expect(lost?.subtasks).toEqual(['orders (2/2)']);
  });

  test('a TaskManager that leaves after its tasks have ended is no loss', () => {
    const lines = [
      jm.banner(0),
      jm.deploying(1, 0),
      jm.trigger(10, 1),
      jm.complete(10.1, 1, 100),
      jm.task(20, 0, 'RUNNING', 'FINISHED'),
      jm.say(20, 'jobmaster.JobMaster', 'Disconnect TaskExecutor tm-1 because: The TaskExecutor is shutting down.'),
    ];
    expect(errors([sourceOf('jm.log', lines.join('\n'))])).toEqual([]);
    const early = lines.filter((line) => !line.includes('FINISHED'));
    expect(errors([sourceOf('jm.log', early.join('\n'))])).toMatchObject([{ rule: 'taskmanager-lost' }]);
  });
});
