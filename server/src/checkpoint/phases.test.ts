import { expect, test } from 'vitest';
import { jobManager } from '../../../test/lines.js';
import { buildLogSet } from './logSet.js';
import { atLeast } from './measure.js';
import { sourceOf } from './source.js';

const attempt = '17dfb3a79b19f3bd7b65aa96f2a161a4';
const epoch = Date.UTC(2026, 10, 22, 13, 40, 10);
const runtime = 'org.apache.flink.runtime';
const job = 'c96225fe124a7185c4d2a31868378839';

/** A source is asked to snapshot 200 ms after the trigger, by Flink of this version. */
const story = (version: string, deployment: string): string[] => [
  ...(version === ''
    ? []
    : [
        `2026-11-22 13:40:00,000 INFO  ${runtime}.taskexecutor.TaskManagerRunner [] -  Starting TaskManager (Version: ${version}, Scala: 2.12, Rev:0980485, Date:2026-06-08T09:21:06+02:00)`,
      ]),
  `2026-11-22 13:40:01,000 INFO  ${runtime}.taskmanager.Task [] - Source: orders (1/2)${deployment} (${attempt}) switched from DEPLOYING to RUNNING.`,
  `2026-11-22 13:40:10,200 DEBUG ${runtime}.taskexecutor.TaskExecutor [] - Trigger checkpoint 1@${epoch} for ${attempt}.`,
  `2026-11-22 13:40:10,250 DEBUG org.apache.flink.streaming.runtime.tasks.StreamTask [] - Starting checkpoint (1) CHECKPOINT on task Source: orders (1/2)${deployment}`,
];

test.each([
  ['1.11.6', '', 0],
  ['1.12.7', '#0', 200],
  ['', '', 0],
  ['', '#0', 200],
])('%s%s: what a source waited is at least %i ms, as Flink 1.11 does not measure it', (version, deployment, low) => {
  const logs = [
    sourceOf('jm.log', [jobManager.trigger(10, 1), jobManager.complete(14, 1, 4000)].join('\n')),
    sourceOf('tm.log', story(version, deployment).join('\n')),
  ];
  const [subtask] = buildLogSet(logs).jobs.find(({ id }) => id === job)?.checkpoints[0]?.subtasks ?? [];
  expect(subtask && atLeast(subtask.startDelay)).toBe(low);
});
