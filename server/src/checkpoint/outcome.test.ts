import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { buildLogSet } from './logSet.js';
import type { CheckpointType } from './model.js';
import { sourceOf } from './source.js';

const typeOf = (...lines: readonly string[]): CheckpointType | undefined =>
  buildLogSet([sourceOf('jm.log', lines.join('\n'))]).jobs[0]?.checkpoints[0]?.type;

test.each([
  ['CHECKPOINT', 'checkpoint'],
  ["CheckpointType{name='Full Checkpoint', sharingFilesStrategy=FORWARD}", 'checkpoint'],
  ['SAVEPOINT', 'savepoint'],
  ["SavepointType{name='Savepoint', postCheckpointAction=NONE, formatType=CANONICAL}", 'savepoint'],
  ['SYNC_SAVEPOINT', 'sync-savepoint'],
  ['SAVEPOINT_TERMINATE', 'sync-savepoint'],
  ["SavepointType{name='Suspend Savepoint', postCheckpointAction=SUSPEND, formatType=NATIVE}", 'sync-savepoint'],
  ['SNAPSHOT', 'unknown'],
])('a trigger of type %s is one of a %s', (printed, type) => {
  expect(typeOf(jm.trigger(10, 1, printed))).toBe(type);
});

test('up to 1.8 the trigger names no type, and the statistics of later versions tell it where the trigger is not there', () => {
  expect(typeOf(jm.trigger(10, 1).replace(' (type=CHECKPOINT)', ''))).toBe('unknown');
  const dump = (fields: string): string =>
    jm
      .say(
        11,
        'checkpoint.CheckpointStatsTracker',
        `CheckpointStatistics (for jobID=c96225fe124a7185c4d2a31868378839, checkpointId=1) dump = {"id":1,"status":"COMPLETED"${fields}}`,
      )
      .replace(' INFO ', ' DEBUG ');
  expect(typeOf(dump(',"is_savepoint":true'))).toBe('savepoint');
  expect(typeOf(dump(',"is_savepoint":false'))).toBe('checkpoint');
  expect(typeOf(dump(''))).toBe('unknown');
  expect(typeOf(jm.trigger(10, 1, 'SAVEPOINT_TERMINATE'), dump(',"is_savepoint":true'))).toBe('sync-savepoint');
});
