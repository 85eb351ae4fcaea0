import { describe, expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { sourceOf } from '../checkpoint/source.js';
import { eventWord } from '../text/word.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';

const found = (sources: Parameters<typeof analyse>[0]): readonly Finding[] => analyse(sources).findings;
const ofRule = (findings: readonly Finding[], rule: Finding['rule']): Finding[] =>
  findings.filter((finding) => finding.rule === rule);

test('a JobManager that another one followed without a word is told with what was pending', () => {
  const findings = found(sourcesOf('2.2.0-jobmanager-killed'));
  const [one, ...more] = ofRule(findings, 'jobmanager-lost');
  expect(more).toEqual([]);
  expect(one).toMatchObject({ severity: 'error', certainty: 'likely' });
  expect(one?.checkpoints.map(({ id }) => id)).toEqual([5]);
  expect(one?.message).toBe(
    'Another JobManager process took the job over, which went on from checkpoint 4: the log of the one before ends while the job runs, so it likely crashed or was killed. Checkpoint 5 was pending.',
  );
  expect(one?.facts.map(({ event }) => eventWord(event))).toEqual(['job RUNNING', 'triggered', 'restore', 'RUNNING']);
});

test('then no rolled file is missing, and that tasks do not run yet is as it should be', () => {
  const findings = found(sourcesOf('2.2.0-jobmanager-killed'));
  expect(ofRule(findings, 'log-incomplete')).toEqual([]);
  expect(ofRule(findings, 'not-all-tasks-running').map(({ severity }) => severity)).toEqual(['info']);
});

test('tasks of the JobManager before are on no TaskManager that leaves later', () => {
  expect(ofRule(found(sourcesOf('2.2.0-jobmanager-killed')), 'taskmanager-lost')).toEqual([]);
});

test('one that tells more of the job later stood still, and did not crash', () => {
  const [before, after] = logsOf('2.2.0-jobmanager-killed');
  if (before === undefined || after === undefined) throw new Error('no logs');
  const last = before.text.trimEnd().split('\n').at(-1) ?? '';
  const end =
    '2026-11-23 15:06:17,000 WARN  org.apache.flink.runtime.entrypoint.ClusterEntrypoint        [] - RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.';
  const late = `${before.text}${last.replace(/^\S+ \S+/, '2026-11-23 15:06:09,000')}\n${end}\n`;
  const [one] = ofRule(found([sourceOf('jm-0.log', late), sourceOf('jm-1.log', after.text)]), 'jobmanager-lost');
  expect(one?.message).toContain('the one before had not given it up and tells more of it later');
  expect(one?.message).not.toContain('crashed');
});

test('one that a signal or a fatal error ended says so', () => {
  const [before, after] = logsOf('2.2.0-jobmanager-killed');
  if (before === undefined || after === undefined) throw new Error('no logs');
  const entrypoint = 'org.apache.flink.runtime.entrypoint.ClusterEntrypoint        [] -';
  const ended = (level: string, word: string): Finding | undefined => {
    const text = `${before.text}2026-11-23 15:05:59,000 ${level} ${entrypoint} ${word}\n`;
    return ofRule(found([sourceOf('jm-0.log', text), sourceOf('jm-1.log', after.text)]), 'jobmanager-lost')[0];
  };
  const signal = ended('WARN ', 'RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.');
  expect(signal).toMatchObject({ certainty: 'certain' });
  expect(signal?.message).toContain('the one before was told by a signal to stop. Checkpoint 5 was pending.');
  const fatal = ended('ERROR', 'Fatal error occurred in the cluster entrypoint.');
  expect(fatal).toMatchObject({ certainty: 'certain' });
  expect(fatal?.message).toContain('the one before ended itself after a fatal error. Checkpoint 5 was pending.');
});

test('a lost leadership is told as such where the line says so, else what it may have been', () => {
  const [log] = logsOf('2.2.0-leadership-lost');
  if (log === undefined) throw new Error('no log');
  const [told, ...more] = ofRule(found([sourceOf(log.name, log.text)]), 'jobmanager-lost');
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    certainty: 'certain',
    message:
      'The JobManager lost the leadership and suspended the job: down for 11.0s, went on from checkpoint 4 (triggered 412ms before that).',
  });
  const without = log.text.split('\n').filter((line) => !line.includes('was revoked leadership'));
  const [open] = ofRule(found([sourceOf(log.name, without.join('\n'))]), 'jobmanager-lost');
  expect(open?.message).toMatch(
    /^The JobManager suspended the job, as it does when it loses the leadership or shuts down: /,
  );
});

test('a job that is suspended for good has lost no JobManager', () => {
  const [log] = logsOf('2.2.0-leadership-lost');
  const end = log?.text.indexOf('Recovered StreamGraph') ?? 0;
  const cut = log?.text.slice(0, log.text.lastIndexOf('\n', end)) ?? '';
  expect(cut).toContain('to SUSPENDED');
  expect(ofRule(found([sourceOf('jobmanager.log', cut)]), 'jobmanager-lost')).toEqual([]);
});

describe('a JobManager that nobody followed', () => {
  const lost = (jobManager: (text: string) => string, taskManager: (text: string) => string): Finding[] => {
    const [jm, tm] = logsOf('1.16.3-jobmanager-killed').map(({ name, text }, i) =>
      sourceOf(name, i === 0 ? jobManager(text) : taskManager(text)),
    );
    return ofRule(found([jm, tm].flatMap((source) => source ?? [])), 'jobmanager-lost');
  };
  const asLogged = (text: string): string => text;

  test('likely went away where a TaskManager lost the connection to it behind its last line', () => {
    const [one, ...more] = lost(asLogged, asLogged);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      severity: 'error',
      certainty: 'likely',
      message:
        'The log of the JobManager ends while the job runs, and then tm-1 lost the connection to it, so it likely crashed or was killed. Checkpoint 4 was pending.',
    });
    expect(one?.checkpoints.map(({ id }) => id)).toEqual([4]);
    expect(one?.facts.map(({ event }) => eventWord(event))).toEqual(['failover', 'triggered']);
  });

  const later = (text: string): string =>
    `${text}2026-11-23 20:49:55,000 INFO  org.apache.flink.runtime.blob.BlobServer [] - Still there\n`;
  const ended = (text: string): string =>
    text.replace(
      /(.*Job checkpoint-bed .*) switched from state CREATED to RUNNING/,
      '$&.\n$1 switched from state RUNNING to CANCELED',
    );
  const unclosed = (text: string): string => text.replace(/^.*Close JobManager connection.*\n/m, '');
  const muchLater = (text: string): string =>
    text.replaceAll(/^(\S+) 20:49:54(.* - (?:The heartbeat of|Close) JobManager)/gm, '$1 20:59:54$2');
  test.each([
    ['its log goes on', later, asLogged],
    ['the job had ended', ended, asLogged],
    ['no line ties the connection to the job', asLogged, unclosed],
    ['that is long after its last line', asLogged, muchLater],
  ])('but not where %s', (_, jobManager, taskManager) => {
    expect(lost(jobManager, taskManager)).toEqual([]);
  });
});

describe('a JobManager that stood still', () => {
  const job = '7483c0ab7ed908a99356a436c899ec0d';
  const task = 'f8231700c656a7c8a3d90e2092a38742_7cba777f4d3e11c43131db7b750d92c7_0_0';
  const line = (time: string, logger: string, message: string): string =>
    `2026-11-23 20:57:${time} INFO  org.apache.flink.runtime.${logger} [] - ${message}`;
  const [graph, master] = ['executiongraph.ExecutionGraph', 'jobmaster.JobMaster'];
  const manager = 'resourcemanager.StandaloneResourceManager';
  const before = [
    line('41,935', graph, `Job checkpoint-bed (${job}) switched from state CREATED to RUNNING.`),
    line(
      '42,900',
      graph,
      `sink (1/1) (${task}) switched from INITIALIZING to RUNNING on tm-2 @ localhost (dataPort=4).`,
    ),
    line(
      '45,611',
      'checkpoint.CheckpointCoordinator',
      `Triggering checkpoint 3 (type=CHECKPOINT) @ 1795467465610 for job ${job}.`,
    ),
  ];
  const ownOfMaster = line(
    '59,841',
    master,
    'The heartbeat of ResourceManager with id 5b13a9ef2333efe6633169d4a0d2c8fb timed out.',
  );
  const ownOfManager = line(
    '59,845',
    manager,
    'The heartbeat of JobManager with id 319fee93d668b713cc37aec276cde36f timed out.',
  );
  const failure = [
    line('59,842', master, 'Heartbeat of TaskManager with id tm-2 timed out.'),
    line('59,846', manager, 'The heartbeat of TaskManager with id tm-2 timed out.'),
    line(
      '59,846',
      manager,
      'Closing TaskExecutor connection tm-2 because: The heartbeat of TaskManager with id tm-2 timed out.',
    ),
    line('59,850', graph, `sink (1/1) (${task}) switched from RUNNING to FAILED on tm-2 @ localhost (dataPort=4).`),
    'java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-2 timed out.',
    line('59,881', graph, `Job checkpoint-bed (${job}) switched from state RUNNING to RESTARTING.`),
  ];
  const errors = (lines: readonly string[]): Pick<Finding, 'rule' | 'certainty' | 'message'>[] =>
    found([sourceOf('jm.log', lines.join('\n'))])
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, certainty, message }) => ({ rule, certainty, message }));

  test('is told, and the TaskManagers whose heartbeats it missed are not accused', () => {
    expect(errors([...before, ownOfMaster, ownOfManager, ...failure])).toEqual([
      {
        rule: 'jobmanager-lost',
        certainty: 'likely',
        message:
          'The JobManager’s JobMaster and ResourceManager missed each other’s heartbeats, so it likely stood still. It missed those of TaskManager tm-2, too.',
      },
    ]);
  });

  test.each([[ownOfMaster], [ownOfManager]])(
    'needs both of its parts to say so, since they may be two processes',
    (own) => {
      expect(errors([...before, own, ...failure]).map(({ rule }) => rule)).toEqual(['taskmanager-lost']);
    },
  );
});
