import { expect, test } from 'vitest';
import { formatSize } from './size.js';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [10_200, '10 KB'],
  [412_766, '403 KB'],
  [1_048_400, '1.0 MB'],
  [35_651_584, '34 MB'],
  [5 * 1024 ** 4, '5.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
