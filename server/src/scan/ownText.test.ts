import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownText, sharedText } from './ownText.js';

test('says the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40, unit: 'binary' })), (texts) => {
      expect(texts.map(ownText)).toEqual(texts);
      expect(texts.map(sharedText)).toEqual(texts);
    }),
  );
});

test('tells texts apart that end alike', () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `${i}_0a448493b4782967b150582570326227_0_0`);
  expect([...ids, ...ids].map(sharedText)).toEqual([...ids, ...ids]);
});
