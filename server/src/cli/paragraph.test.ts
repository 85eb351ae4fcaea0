import { describe, expect, test } from 'vitest';
import { columns, paragraph, shortenMiddle } from './paragraph.js';

describe('paragraph', () => {
  test('breaks at blanks, indents under its mark, and sets the aside at the right end of the first line', () => {
    expect(paragraph('Checkpoint 4 expired after 4.0s: it waited', { mark: '✗ ', aside: '13:40', width: 30 })).toEqual([
      '✗ Checkpoint 4 expired   13:40',
      '  after 4.0s: it waited',
    ]);
  });

  test('leaves a word alone that is too long for a line', () => {
    expect(paragraph('see flink-standalonesession-0.log now', { width: 12 })).toEqual([
      'see',
      'flink-standalonesession-0.log',
      'now',
    ]);
  });
});

test('columns aligns the first column to the left and the others to the right', () => {
  expect(
    columns(
      [
        ['', 'sync', 'async'],
        ['map (1/2)', '≤ 7.0s', '36ms'],
        ['map', '', '5ms'],
      ],
      '  ',
    ),
  ).toEqual(['               sync  async', '  map (1/2)  ≤ 7.0s   36ms', '  map                  5ms']);
});

test('shortenMiddle keeps both ends, the later one longer', () => {
  expect(shortenMiddle('stateful-process -> enrich-map (3/4)', 20)).toBe('statefu…ch-map (3/4)');
  expect(shortenMiddle('short', 5)).toBe('short');
});
