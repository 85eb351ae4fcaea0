import { describe, expect, test } from 'vitest';
import { codeMarkdown, escapeMarkdown, escapeTitle, oneLine, shorten } from './escape.js';

describe('escapeMarkdown', () => {
  test.each([
    ['link', '[click](command:evil)', '\\[click\\](command:evil)'],
    ['image', '![x](http://h/i.png)', '!\\[x\\](http\\://h/i.png)'],
    ['HTML', '<img src=x>', '\\<img src=x>'],
    ['bare address', 'see https://h.example and www.h.example', 'see https\\://h.example and www\\.h.example'],
    ['mail address', 'a@b.example', 'a\\@b.example'],
    ['table cell', 'a | b', 'a \\| b'],
    ['code', '`rm`', '\\`rm\\`'],
    ['entity', '&lt;', '\\&lt;'],
    ['heading', '# h', '\\# h'],
    ['quote', '> q', '\\> q'],
    ['list', '- a', '\\- a'],
    ['numbered list', '1. a', '1\\. a'],
    ['icon', '$(zap)', '\\$(zap)'],
    ['escape', '\\[', '\\\\\\['],
    ['line breaks', 'a\n\n# b', 'a # b'],
  ])('%s', (_, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test('leaves names as they are', () => {
    expect(escapeMarkdown('Source: orders -> map (3/4)#0')).toBe('Source: orders -> map (3/4)#0');
  });
});

test('code cannot be ended from within, and holds no control characters', () => {
  expect(codeMarkdown('a` [b](command:c) `\n\u001b]0;d\u0007e')).toBe("`a' [b](command:c) ' ]0;d e`");
});

test('titles draw no icons of log text', () => {
  expect(escapeTitle('a $(zap)\nb')).toBe('a \\$(zap) b');
});

test('oneLine joins all kinds of line breaks', () => {
  expect(oneLine('a\r\n\tb\u2028c\u0000')).toBe('a b c');
});

test('shorten never exceeds the length', () => {
  expect(shorten('abcdef', 6)).toBe('abcdef');
  expect(shorten('abcdefg', 6)).toBe('abcde…');
});
