import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import { sourceOf } from '../checkpoint/source.js';
import { incrementalAdvice, loggingOf, optionsOf } from './configuration.js';

const logSet = (version: string, ...lines: string[]) =>
  buildLogSet([sourceOf('jm.log', [jm.banner(0, version), ...lines].join('\n'))]);

test.each([
  ['1.4.2', 'CheckpointConfig.setCheckpointTimeout', null, null, null],
  ['1.5.6', 'CheckpointConfig.setCheckpointTimeout', 'state.backend.incremental', null, null],
  ['1.9.3', 'CheckpointConfig.setCheckpointTimeout', 'state.backend.incremental', 'StateTtlConfig', null],
  ['1.10.3', 'execution.checkpointing.timeout', 'state.backend.incremental', 'StateTtlConfig', null],
  [
    '1.20.5',
    'execution.checkpointing.timeout',
    'state.backend.incremental',
    'StateTtlConfig, table.exec.state.ttl',
    'execution.checkpointing.unaligned',
  ],
  [
    '2.0.2',
    'execution.checkpointing.timeout',
    'execution.checkpointing.incremental',
    'StateTtlConfig, table.exec.state.ttl',
    'execution.checkpointing.unaligned.enabled',
  ],
])('Flink %s is advised of options that it has', (version, timeout, incremental, timeToLive, unaligned) => {
  expect(optionsOf(logSet(version))).toMatchObject({ timeout, incremental, timeToLive, unaligned });
});

test.each([
  ['1.4.2', null],
  ['1.5.6', 'CheckpointConfig.setFailOnCheckpointingErrors'],
  ['1.9.3', null],
])('only 1.5 to 1.8 let one choose whether a task fails with its part: %s', (version, failOnErrors) => {
  expect(optionsOf(logSet(version)).failOnErrors).toBe(failOnErrors);
});

test.each(['state.backend.incremental', 'execution.checkpointing.incremental'])(
  'what the configuration turned on is not advised: %s',
  (key) => {
    const property = (value: string): string =>
      jm.say(0, 'configuration.GlobalConfiguration', `Loading configuration property: ${key}, ${value}`);
    expect(incrementalAdvice(optionsOf(logSet('1.20.5', property('true'))))).toBe('');
    expect(incrementalAdvice(optionsOf(logSet('1.20.5', property('false'))))).toBe(
      ' With RocksDB, state.backend.incremental: true writes less.',
    );
  },
);

test('exact values of subtasks are promised since 1.13, which logs them', () => {
  expect(loggingOf(logSet('1.12.7'), 'exactSync')).toBe('');
  expect(loggingOf(logSet('1.13.6'), 'exactSync')).toContain('logger.coordinator.level = TRACE');
});
