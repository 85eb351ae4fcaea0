import { expect, test } from 'vitest';
import { log4j } from '../layout/log4j.js';
import { createSifters, type Sifters } from './sifters.js';

/** Threads that do this with each task. */
function sifters(onTask: string, atStart = ''): Sifters {
  const script = `import { parentPort } from 'node:worker_threads'; ${atStart}; parentPort.on('message', (task) => { ${onTask} });`;
  return createSifters(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
}

const partBytes = 8 * 1024 * 1024;

/** Where the parts of a file of `count` parts begin and end. */
async function sifted({ sift }: Sifters, count: number): Promise<(readonly [number, number])[]> {
  const parts: (readonly [number, number])[] = [];
  for await (const { start, end } of sift('a.log', { from: 7, to: 7 + count * partBytes }, log4j))
    parts.push([start, end]);
  return parts;
}

test('parts come in their order, whichever thread is first', async () => {
  const threads = sifters(
    'const { from: start, to: end } = task; if (start === 7) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); parentPort.postMessage({ start, end });',
  );
  expect(await sifted(threads, 3)).toEqual([0, 1, 2].map((i) => [7 + i * partBytes, 7 + (i + 1) * partBytes]));
  threads.close();
});

test.each([
  ['at its start', sifters('', "throw new Error('broken')")],
  ['with a task', sifters("throw new Error('broken')")],
])('a thread that fails %s fails who waits for it, and who asks it later', async (_, threads) => {
  await expect(sifted(threads, 2)).rejects.toThrow('broken');
  await expect(sifted(threads, 1)).rejects.toThrow('broken');
  threads.close();
});
