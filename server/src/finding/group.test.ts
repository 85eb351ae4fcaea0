import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import { sourceOf } from '../checkpoint/source.js';
import { certaintyOf } from './group.js';

test('what a line tells is likely where its job id is cut off, and so is all that rests on it', () => {
  const late =
    'Received late message for now expired checkpoint attempt 1 from 0b60f08bf3793875b59f8d9bc74ce2e1 of job c96225fe124a7185c4d2';
  const lines = [jm.trigger(10, 1), jm.expire(14, 1), jm.say(15, 'checkpoint.CheckpointCoordinator', late)];
  const facts = buildLogSet([sourceOf('jm.log', lines.join('\n'))]).sources.flatMap((source) => source.facts);
  expect(facts.map((fact) => certaintyOf([fact]))).toEqual(['certain', 'certain', 'likely']);
  expect(certaintyOf(facts)).toBe('likely');
});
