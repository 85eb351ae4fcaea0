import { expect, test } from 'vitest';
import { hasFlinkName } from './flinkName.js';

test.each([
  'flink-user-standalonesession-0-host.log',
  'logs/flink-flink-taskexecutor-12-worker-3.example.com.log.1',
  'logs.zip!flink-user-standalonejob-0-host.log.gz',
  String.raw`logs\taskmanager.log`,
  'jobmanager.log.2',
])('Flink: %s', (path) => {
  expect(hasFlinkName(path)).toBe(true);
});

test.each([
  'app.log',
  'flink-user-taskexecutor-0-host.out',
  'my-jobmanager.log',
  'jobmanager.log.txt',
  'flink-user-client-host.log',
])('not Flink: %s', (path) => {
  expect(hasFlinkName(path)).toBe(false);
});
