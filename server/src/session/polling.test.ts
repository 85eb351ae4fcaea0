import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPolling } from './polling.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Looks that took place within a minute, in seconds since the start. */
async function looksInAMinute(look: (second: number) => Promise<boolean>): Promise<number[]> {
  const looks: number[] = [];
  const began = Date.now();
  const stop = startPolling(
    1000,
    () => {
      const second = (Date.now() - began) / 1000;
      looks.push(second);
      return look(second);
    },
    () => undefined,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  stop();
  const count = looks.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toHaveLength(count);
  return looks;
}

test('while there are changes it looks often', async () => {
  expect(await looksInAMinute(() => Promise.resolve(true))).toHaveLength(60);
});

test('while there are none it looks less and less often, within a bound', async () => {
  const looks = await looksInAMinute(() => Promise.resolve(false));
  const pauses = looks.slice(1).map((second, i) => Math.round(second - (looks[i] ?? 0)));
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(6);
});

test('after a change it looks often again', async () => {
  const looks = await looksInAMinute((second) => Promise.resolve(second > 30));
  expect(looks.at(-1)).toBeGreaterThan(59);
});

test('a look that fails is not the last one', async () => {
  expect((await looksInAMinute(() => Promise.reject(new Error('gone')))).length).toBeGreaterThan(5);
});

test('it rests much longer than it looks', async () => {
  const slow = async (): Promise<boolean> => {
    await new Promise((done) => setTimeout(done, 1000));
    return true;
  };
  expect((await looksInAMinute(slow)).length).toBeLessThanOrEqual(3);
});
