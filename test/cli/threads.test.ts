/** Long files, which threads of `flink-log` sift; the main thread takes part while it would wait for them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sample } from '../protocol/client.js';
import { flinkLog } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'flink-log-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('give what standard input gives', () => {
  const noise = `2026-11-22 13:40:02,341 DEBUG com.example.orders.Lookup ${' '.repeat(40)} [] - nothing of note\n`;
  const { text } = sample('standalonesession');
  const path = join(folder, 'long.log');
  writeFileSync(path, text + `${noise.repeat(50_000)}${text}prose between\n`.repeat(8) + 'cut off');
  const { stdout } = flinkLog(['events', path]);
  const piped = flinkLog(['events', '-'], readFileSync(path, 'utf8')).stdout.replaceAll(/^-(?=:)/gm, path);
  expect(stdout).not.toBe('');
  expect(stdout === piped).toBe(true);
});
