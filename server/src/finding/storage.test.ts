import { expect, test } from 'vitest';
import { speaksOfStorage } from './storage.js';

test.each([
  ['java.io.IOException: No space left on device', true],
  ['java.io.FileNotFoundException: /mnt/checkpoints/chk-4', true],
  ['org.apache.hadoop.security.AccessControlException: user=flink', true],
  ['java.io.IOException: Could not flush to file and close the file system output stream to s3://b/chk-4', true],
  ['java.io.IOException: enumerator cannot list offsets', false],
  ['com.esotericsoftware.kryo.KryoException: java.util.ConcurrentModificationException', false],
])('%s: of the storage %s', (exception, expected) => {
  expect(speaksOfStorage(exception)).toBe(expected);
});
