import { describe, expect, it } from 'vitest';
import { parseTask, taskOfThread } from './task.js';

const orders = { task: 'Source: orders -> Map', index: 2, parallelism: 4 };

describe('parseTask', () => {
  it.each([
    ['Source: orders -> Map (3/4)', { ...orders, attemptNumber: null }],
    ['Source: orders -> Map (3/4)#1', { ...orders, attemptNumber: 1 }],
    ['Source: orders -> Map (3/4) (attempt #2)', { ...orders, attemptNumber: 2 }],
    ['Source: orders -> Map (3/4)#1 (5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f)', { ...orders, attemptNumber: 1 }],
    ['Source: orders -> Map (3/4) - execution #7', { ...orders, attemptNumber: null }],
    ['window (1/2) of 7 (3/4)', { task: 'window (1/2) of 7', index: 2, parallelism: 4, attemptNumber: null }],
    ['Calc(select=[a / b]) (12/70)#0', { task: 'Calc(select=[a / b])', index: 11, parallelism: 70, attemptNumber: 0 }],
    ['taskNameWithSubtasks', { task: 'taskNameWithSubtasks', index: null, parallelism: null, attemptNumber: null }],
  ])('reads %s', (name, task) => {
    expect(parseTask(name)).toEqual(task);
  });
});

describe('taskOfThread', () => {
  it.each([
    'Thread[Async calls on Source: orders -> Map (3/4),5,Flink Task Threads]',
    'Thread[Source: orders -> Map (3/4),5,Flink Task Threads]',
    'Thread[#42,Source: orders -> Map (3/4),5,Flink Task Threads]',
    'Legacy Source Thread - Source: orders -> Map (3/4)',
    'Source: orders -> Map (3/4)',
  ])('reads %s', (thread) => {
    expect(taskOfThread(thread)).toEqual({ ...orders, attemptNumber: null });
  });

  it('keeps the attempt of a thread', () => {
    expect(taskOfThread('Thread[Source: orders -> Map (3/4)#1,5,Flink Task Threads]')?.attemptNumber).toBe(1);
  });

  it.each([
    'Thread[AsyncOperations-thread-1,5,Flink Task Threads]',
    'Thread[pool-48-thread-14,5,Flink Task Threads]',
    'Checkpoint Timer',
    'flink-akka.actor.default-dispatcher-4',
  ])('knows no task of %s', (thread) => {
    expect(taskOfThread(thread)).toBeNull();
  });
});
