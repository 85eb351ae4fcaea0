import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whenFlink } from './whenFlink.js';

const line = '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Hello\n';
const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

/** What is left of a text that arrives in these pieces. */
async function left(pieces: readonly string[]): Promise<string> {
  const arriving = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield encoder.encode(piece);
    await Promise.resolve();
  };
  let text = '';
  for await (const piece of whenFlink(arriving())) text += decoder.decode(piece);
  return text;
}

test('a text of Flink is left whole, however it is cut; of others nothing is', async () => {
  const whole = fc.constantFrom(line, line.repeat(300), `${'some text\n'.repeat(50)}${line}`, 'no log\n', '');
  await fc.assert(
    fc.asyncProperty(whole, fc.array(fc.nat(30_000)), async (text, cuts) => {
      const ends = [...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const pieces = ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
      expect(await left(pieces)).toBe(text.includes('flink') ? text : '');
    }),
    { numRuns: 50 },
  );
});

test('what comes late does not count', async () => {
  expect(await left(['some text\n'.repeat(200), line])).toBe('');
  expect(await left(['x'.repeat(300_000), line])).toBe('');
});
