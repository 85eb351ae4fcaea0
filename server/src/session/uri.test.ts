import { expect, test } from 'vitest';
import { fileOf, folderOf, isBelow, packedPlace, packedUri, sameUri } from './uri.js';

test.each([
  ['file:///logs/jm.log.1.gz', null],
  ['file:///my%20logs/100%25%20(1).zip', 'tm 1/tm#0.log'],
  ['file:///c%3A/logs/bundle.zip', 'ä!.log'],
  ['file:///a!/jm.log.gz', null],
  ['file:///a!!/%2521/b!', 'c!/d!!/e.log'],
])('a packed text is found again: %s %s', (file, member) => {
  const uri = packedUri(file, member);
  expect(packedPlace(uri)).toEqual({ file, member });
  // As VS Code writes it.
  expect(packedPlace(uri.replaceAll('!', '%21'))).toEqual(packedPlace(uri));
  const slashed = uri.replace(':/', ':///');
  expect([packedPlace(slashed), sameUri(slashed)]).toEqual([packedPlace(uri), sameUri(uri)]);
});

test('a packed text lies where its file does', () => {
  const uri = packedUri('file:///logs/bundle.zip', 'tm/tm.log');
  expect(fileOf(uri)).toBe('file:///logs/bundle.zip');
  expect(folderOf(uri)).toBe('file:///logs');
  expect(folderOf('untitled:Untitled-1')).toBeNull();
});

test('a folder is not below one whose name begins alike', () => {
  expect(isBelow('file:///logs/tm%201/a.log', 'file:///logs/tm 1')).toBe(true);
  expect(isBelow('file:///logs2/a.log', 'file:///logs')).toBe(false);
});
