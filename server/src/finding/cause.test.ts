import { describe, expect, test } from 'vitest';
import { causeKey, causeText } from './cause.js';

describe('causeKey', () => {
  const full = (file: string): string => `java.io.IOException: Could not flush ${file}: No space left on device`;
  const isOne = (a: Parameters<typeof causeKey>, b: Parameters<typeof causeKey>): boolean =>
    causeKey(...a) === causeKey(...b);

  test('what is said of the storage is one cause for all tasks, whatever file it names', () => {
    expect(isOne([[full('/state/chk-4/0a1f')], ['a (1/2)']], [[full('/state/chk-12/77be')], ['b (7/8)']])).toBe(true);
    expect(isOne([[full('/state/chk-4/0a1f')], ['a (1/2)']], [['java.io.IOException: Disk quota'], ['a (1/2)']])).toBe(
      false,
    );
  });

  test('the process that tells it may have wrapped it', () => {
    const wrapped = `org.apache.flink.util.SerializedThrowable: ${full('/chk-4')}`;
    expect(isOne([[full('/chk-4')], ['a (1/2)']], [[wrapped], ['a (1/2)']])).toBe(true);
  });

  test('any other exception is a cause of its own in each task', () => {
    const boom = ['java.lang.NullPointerException'];
    expect(isOne([boom, ['a (1/2)']], [boom, ['a (2/2)']])).toBe(true);
    expect(isOne([boom, ['a (1/2)']], [boom, ['b (1/2)']])).toBe(false);
    expect(isOne([boom, ['a (1/2)']], [['java.lang.IllegalStateException'], ['a (1/2)']])).toBe(false);
  });

  test('without an exception nothing tells that two subtasks failed for one cause', () => {
    expect(isOne([[], ['a (1/2)']], [[], ['a (1/2)']])).toBe(true);
    expect(isOne([[], ['a (1/2)']], [[], ['a (2/2)']])).toBe(false);
  });
});

test('causeText gives one exception as an example where others say something else', () => {
  const [full, other] = ['java.io.IOException: disk 1 is full', 'java.io.IOException: disk 2 is full'];
  expect(causeText([])).toBeNull();
  expect(causeText([full, full])).toBe('IOException: disk 1 is full');
  expect(causeText([full, other])).toBe('e.g. IOException: disk 1 is full');
});
