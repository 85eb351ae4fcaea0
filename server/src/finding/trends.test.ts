import { describe, expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding, RuleId } from './finding.js';

const found = (rule: RuleId, lines: readonly string[]): Finding[] =>
  analyse([sourceOf('jm.log', [jm.banner(0), ...lines].join('\n'))]).findings.filter(
    (finding) => finding.rule === rule,
  );

const megabyte = 1024 * 1024;

/** Checkpoints ten seconds apart. */
const series = (count: number, ms: (i: number) => number, bytes: (i: number) => number): string[] =>
  Array.from({ length: count }, (_, i) => [
    jm.trigger(10 * (i + 1), i + 1),
    jm.complete(10 * (i + 1) + ms(i) / 1000, i + 1, ms(i), bytes(i)),
  ]).flat();

/** What is found where so many checkpoints of equal length have states of these sizes. */
const grownIn = (count: number, bytes: (i: number) => number): Finding[] =>
  found(
    'growing-state',
    series(count, () => 100, bytes),
  );

describe('growth', () => {
  test('state that grows all the time is a trend, from ten checkpoints on', () => {
    const grows = (i: number) => (i + 1) * megabyte;
    expect(grownIn(12, grows)).toMatchObject([
      { severity: 'warning', message: 'State grew from 2.0 MB to 10 MB over 12 checkpoints.' },
    ]);
    expect(grownIn(9, grows)).toEqual([]);
  });

  test('state that goes up and down, or fills up at the start, is none', () => {
    expect(grownIn(12, (i) => (i % 2 === 0 ? 2 : 9) * megabyte)).toEqual([]);
    expect(grownIn(12, (i) => Math.min(5, i + 4) * megabyte)).toEqual([]);
  });

  test('values that go up as often as down are none, though the last are larger than the first', () => {
    const noisy = [1, 9, 1, 1, 9, 1, 9, 1, 9, 1, 9, 9];
    expect(grownIn(12, (i) => (noisy[i] ?? 0) * megabyte)).toEqual([]);
  });

  test('savepoints and checkpoints that did not complete are no part of it', () => {
    const grows = (i: number) => (i + 1) * megabyte;
    const [savepoints, expired] = [
      (id: number) => [jm.trigger(10 * id, id, 'SAVEPOINT'), jm.complete(10 * id + 0.1, id, 100, grows(id))],
      (id: number) => [jm.trigger(10 * id, id), jm.expire(10 * id + id, id)],
    ];
    const last = [10, 11, 12];
    const quick = series(9, () => 100, grows);
    const slow = series(
      9,
      (i) => 300 * (i + 1),
      () => 10,
    );
    expect(found('growing-state', [...quick, ...last.flatMap(savepoints)])).toEqual([]);
    expect(found('growing-duration', [...slow, ...last.flatMap(expired)])).toEqual([]);
  });

  test('durations that grow are one, too, but only when they are slow', () => {
    expect(
      found(
        'growing-duration',
        series(
          12,
          (i) => 300 * (i + 1),
          () => 10,
        ),
      ),
    ).toHaveLength(1);
    expect(
      found(
        'growing-duration',
        series(
          12,
          (i) => 30 * (i + 1),
          () => 10,
        ),
      ),
    ).toEqual([]);
  });
});

describe('checkpoints-back-to-back', () => {
  /** Checkpoints of these durations, ms, each triggered at the end of the one before; then pauses of a second. */
  const row = (durations: readonly number[]): string[] => {
    let at = 10;
    return durations.flatMap((ms, i) => {
      const lines = [jm.trigger(at, i + 1), jm.complete(at + ms / 1000, i + 1, ms)];
      at += ms >= 1000 ? ms / 1000 + 0.01 : 1;
      return lines;
    });
  };

  /** Checkpoints of 2.5 s after others that had pauses: each triggered that many seconds after the end of the one before. */
  const slow = (pause = 0.01, { distance = 2, end = jm.complete, type = 'CHECKPOINT' } = {}): string[] => {
    const quick = [1, 2, 3, 4, 5].flatMap((id) => [
      jm.trigger(distance * id, id),
      jm.complete(distance * id + 0.2, id, 200),
    ]);
    return quick.concat(
      [6, 7, 8, 9].flatMap((id, i) => {
        const at = 60 + i * (2.5 + pause);
        return [jm.trigger(at, id, type), end(at + 2.5, id, 2500)];
      }),
    );
  };
  const decline = (at: number, id: number): string =>
    jm.say(
      at,
      'checkpoint.CheckpointCoordinator',
      `Decline checkpoint ${id} by task 0b60f08bf3793875b59f8d9bc74ce2e1 of job c96225fe124a7185c4d2a31868378839 at tm-1 @ localhost (dataPort=1).`,
    );
  const plain = (lines: readonly string[]): string[] => lines.map((line) => line.replace(' (type=CHECKPOINT)', ''));

  test.each([
    ['that completed', slow()],
    ['that expired', slow(0.01, { end: jm.expire })],
    ['that were declined', slow(0.01, { end: decline })],
    ['whose type the trigger does not name, as up to 1.8', plain(slow())],
  ])('a row of checkpoints %s', (_, lines) => {
    expect(found('checkpoints-back-to-back', lines)).toMatchObject([
      {
        certainty: 'certain',
        checkpoints: [{ id: 6 }, { id: 7 }, { id: 8 }],
        message:
          'Checkpoints 6, 7 and 8: the next one was triggered within 100ms of the end, since they took longer (median 2.5s) than the checkpoint interval.',
      },
    ]);
  });

  test.each([
    ['where they had pauses', slow(0.5)],
    ['where they were shorter than the interval', slow(0.01, { distance: 10 })],
    ['of savepoints, which have no interval', slow(0.01, { type: 'SAVEPOINT' })],
    ['of two, a quick one, and two more', row([200, 2500, 2500, 200, 200, 2500, 2500, 200])],
  ])('no row %s', (_, lines) => {
    expect(found('checkpoints-back-to-back', lines)).toEqual([]);
  });

  test('three in a row that took longer than the interval', () => {
    expect(found('checkpoints-back-to-back', row([200, 200, 200, 2500, 2500, 2500, 200]))).toMatchObject([
      { severity: 'warning', certainty: 'certain', checkpoints: [{ id: 4 }, { id: 5 }, { id: 6 }] },
    ]);
  });

  test('without a pause anywhere the interval is not known: likely', () => {
    expect(found('checkpoints-back-to-back', row([2500, 2500, 2500, 2500]))).toMatchObject([
      { certainty: 'likely', message: expect.stringContaining('of the end, likely since they took longer') as string },
    ]);
  });

  test('a single slow one, and short ones that catch up after it, are none', () => {
    expect(found('checkpoints-back-to-back', row([200, 2500, 200, 200]))).toEqual([]);
    // One that is much shorter than those before may have been due.
    expect(found('checkpoints-back-to-back', row([200, 9000, 9000, 1200, 200]))).toEqual([]);
    const burst = [jm.trigger(10, 1), jm.complete(15, 1, 5000)];
    for (let i = 2; i < 8; i++) burst.push(jm.trigger(15 + i / 100, i), jm.complete(15.009 + i / 100, i, 9));
    expect(found('checkpoints-back-to-back', burst)).toEqual([]);
  });
});
