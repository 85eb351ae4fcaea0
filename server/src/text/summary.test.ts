import { describe, expect, test } from 'vitest';
import type { Checkpoint, LogSet } from '../checkpoint/model.js';
import { moved } from '../../../test/clocks.js';
import { sourcesOf } from '../../../test/clusters.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import { openLog, openTexts } from '../../../test/views.js';
import { checkpointSummary, plain } from './summary.js';

const summaryOf = (logSet: LogSet, which: (checkpoint: Checkpoint) => boolean): string => {
  const checkpoint = logSet.jobs.flatMap((job) => job.checkpoints).find(which);
  return checkpoint === undefined ? '' : checkpointSummary(logSet, checkpoint, plain(logSet));
};

const summary = (cluster: string, id: number | null): string =>
  summaryOf(openLog(cluster, '').view.analysis.logSet, (checkpoint) => checkpoint.id === id);

describe('an expired checkpoint', () => {
  test('at DEBUG names whom it waited for, what that one did, and how exactly that is known', () => {
    expect(summary('samples', 4)).toBe(`\
**Checkpoint 4 expired after 4.0s** · 9/10 acknowledged · job checkpoint-bed

It waited for **stateful-process -> enrich-map (3/4)** on tm-1, which was still in its synchronous part.

| subtask | start delay | alignment | sync | async | acknowledged |
| :-- | --: | --: | --: | --: | :-- |
| stateful-process -> enrich-map (3/4) | ≤ 12ms | 30ms | ≤ 7.0s | 36ms | 3.1s too late |
| running-total -> Sink: out-sink (4/4) | ≤ 37ms | 66ms | ≤ 2ms | 3ms | after 326ms |
| stateful-process -> enrich-map (1/4) | ≤ 28ms | 5ms | ≤ 3ms | 63ms | after 326ms |
| 7 more | ≤ 45ms | ≤ 40ms | ≤ 5ms | ≤ 34ms | within 84ms |

Triggered 2026-11-22 13:40:02.341 UTC (standalonesession-0:320) · started (taskexecutor-0:504) · expired (standalonesession-0:330) · sync ended (taskexecutor-0:593) · async ended (taskexecutor-0:633) · late (standalonesession-0:349)

*Sync is bounded by the times of two lines: Flink 1.20 logs no exact value at DEBUG.*`);
  });

  test('at INFO says what the logs do not say, and how to see it next time', () => {
    expect(summary('1.20.5-expired-info', 4)).toContain(`\
The late message names **stateful-process -> enrich-map (3/4)** on tm-1; whether others were missing these logs do not say.`);
    expect(summary('1.20.5-expired-info', 4)).toContain(`\
To see what took so long next time, add to log4j.properties (log4j-console.properties in containers) of the TaskManagers:

\`\`\`properties
logger.checkpointing.name = org.apache.flink.streaming.runtime.tasks
logger.checkpointing.level = DEBUG
\`\`\``);
  });

  test('alone as pasted says no more than its line', () => {
    const line = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
    const { analysis } = openTexts([['untitled:Untitled-1', line]]).view;
    expect(summaryOf(analysis.logSet, ({ id }) => id === 1)).toContain(`\
**Checkpoint 1 expired** · job 78d268e6…

Which subtasks were missing these logs do not say.

expired (Untitled-1:1)

To see`);
  });
});

test('a completed checkpoint is short', () => {
  expect(summary('1.20.5-expired-info', 3)).toBe(`\
**Checkpoint 3 completed in 144ms** · 452 KB · job checkpoint-bed

Triggered 2026-11-22 13:39:25.524 UTC (standalonesession-0:73) · completed (standalonesession-0:74)`);
});

test('a clock that certainly differs from the JobManager’s is told beside what it dated', () => {
  const clock = (ms: number): string | undefined => {
    const set = buildLogSet(
      sourcesOf('samples').map((source) => (source.path.includes('taskexecutor-0') ? moved(source, ms) : source)),
    );
    return /^\*The clock of.*$/m.exec(summaryOf(set, ({ id }) => id === 4))?.[0];
  };
  expect(clock(0)).toBeUndefined();
  expect(clock(3000)).toBe(
    "*The clock of tm-1 runs 2.9s to 3.1s ahead of the JobManager's; start delays there contain it.*",
  );
});

describe('a checkpoint that died with something else', () => {
  const storyOf = (cluster: string, id: number): string | undefined => {
    const logSet = buildLogSet(sourcesOf(cluster));
    const checkpoint = logSet.jobs[0]?.checkpoints.find((one) => one.id === id);
    return checkpoint && checkpointSummary(logSet, checkpoint, plain(logSet)).split('\n\n')[1];
  };

  test('names the failure for which the job restarted', () => {
    expect(storyOf('1.20.5-task-failure', 3)).toBe(
      'The job restarted after running-total -> Sink: out-sink (2/4) failed (RuntimeException: Injected: bad record in running-total (attempt 0)). The log says: Checkpoint Coordinator is suspending.',
    );
  });

  test('tells the innermost exception where the reason says no more than the outcome', () => {
    expect(storyOf('1.20.5-async-failure-info', 4)).toMatch(
      /declined it\. The log says: Asynchronous task checkpoint failed\. Its cause: IOException: Injected: No space left on device /,
    );
  });
});
