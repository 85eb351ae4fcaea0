/** The law of slices that grow: cut on after any changes of their logs, they are what one cut of all gives. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeEach, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { analysisOf, followed } from '../../../test/slices.js';
import type { Selection } from '../feature/selection.js';
import type { PageSize } from '../feature/slicePage.js';
import { analyse } from '../finding/analyse.js';

const folders: string[] = [];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});

const pathOf = (name: string): string => join(folder, name);
const uriOf = (name: string): string => pathToFileURL(pathOf(name)).href;

const selections: readonly Selection[] = [
  { kind: 'digest', of: null },
  { kind: 'all' },
  { kind: 'window', from: Date.UTC(2026, 10, 22, 13, 40), to: Date.UTC(2026, 10, 22, 13, 50) },
];
const roomy: PageSize = { characters: 1e6, lines: 1e6 };

test.each(['1.20.5-async-failure-info', '1.13.6-two-jobs'])(
  'real logs that grow line by line or within one: %s',
  async (cluster) => {
    const texts = logsOf(cluster);
    const [job] = analyse(sourcesOf(cluster)).logSet.jobs;
    const about: readonly Selection[] = [
      { kind: 'job', job: job?.id ?? null, run: 0 },
      { kind: 'checkpoint', job: job?.id ?? null, run: 0, checkpoint: 4 },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(texts.length - 1), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 6 }),
        fc.constantFrom(...selections, ...about),
        fc.constantFrom(roomy, { characters: 60_000, lines: 400 }),
        async (steps, selection, limits) => {
          const done = texts.map(() => 0);
          for (const { name } of texts) writeFileSync(pathOf(name), '');
          const follow = followed(selection, limits);
          for (const [i, share] of [...steps, ...texts.map((_, all) => [all, 1] as const)]) {
            const bytes = Buffer.from(texts[i]?.text ?? '');
            const [from = 0, to] = [done[i], Math.max(done[i] ?? 0, Math.floor(bytes.length * share))];
            appendFileSync(pathOf(texts[i]?.name ?? ''), bytes.subarray(from, to));
            done[i] = to;
            await follow(await analysisOf(texts.filter((_, k) => (done[k] ?? 0) > 0).map(({ name }) => uriOf(name))));
          }
        },
      ),
      { numRuns: 6 },
    );
  },
);

/** What a process logs: lines with times that mostly go on, and now and then go back. */
const record = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('noise'), count: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('trigger', 'complete', 'warn', 'info', 'later') }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('plain', 'frame', 'blank', 'returns', 'early', 'pasted', 'torn') }),
  },
) as fc.Arbitrary<{ readonly kind: string; readonly count?: number }>;

/** Writes records one after the other; keeps the clock. */
function createWriter(): (records: readonly { readonly kind: string; readonly count?: number }[]) => string {
  let at = Date.UTC(2026, 10, 22, 13, 40);
  let checkpoint = 0;
  const head = (level: string, logger: string, message: string, back = 0): string =>
    `${new Date(at - back).toISOString().replace('T', ' ').replace('.', ',').slice(0, -1)} ${level.padEnd(5)} ${logger.padEnd(60)} [] - ${message}\n`;
  const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator';
  const job = 'a5c1e0f2b7d94c6f8e3b2a1d0c9f8e7d';
  const write = ({ kind, count = 0 }: { readonly kind: string; readonly count?: number }): string => {
    at += kind === 'later' ? 3_000 : 7;
    switch (kind) {
      case 'noise':
        return Array.from({ length: count }, (_, i) =>
          head('DEBUG', `com.example.Noise${i % 3}`, 'nothing of note', i % 7 === 3 ? 40 : 0),
        ).join('');
      case 'trigger':
        checkpoint += 1;
        return head(
          'INFO',
          coordinator,
          `Triggering checkpoint ${checkpoint} (type=CHECKPOINT) @ ${at} for job ${job}.`,
        );
      case 'complete':
        return head('INFO', coordinator, `Completed checkpoint ${checkpoint} for job ${job} (7 bytes in 3 ms).`);
      case 'warn':
        return `${head('WARN', 'com.example.Shop', 'no bread')}java.lang.IllegalStateException: none\n\tat a.B.c(D.java:1)\n`;
      case 'plain':
        return 'some words on the console\n';
      case 'pasted':
        return `\nCompleted checkpoint ${checkpoint} for job ${job} (7 bytes in 3 ms).\n`;
      case 'torn':
        return `\nCompleted checkpoint\n${checkpoint} for job\n${job} (7 bytes in 3 ms).\n`;
      case 'frame':
        return '\tat a.B.c(D.java:1)\n';
      case 'blank':
        return '\n';
      case 'returns':
        return head('WARN', 'com.example.Bar', 'one\rtwo');
      case 'early':
        return head('ERROR', 'com.example.Shop', 'late news', 2500);
      default:
        return head('INFO', 'com.example.Shop', 'open');
    }
  };
  return (records) => records.map(write).join('');
}

const step = fc.record({
  log: fc.nat(2),
  records: fc.array(record, { maxLength: 12 }),
  /** Bytes at the end that come with the next step. */
  later: fc.oneof(fc.constant(0), fc.nat(200)),
  rolls: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

test('made logs that grow and roll, with times that go back and lines without any', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 2, maxLength: 6 }),
      fc.constantFrom(...selections, 'own' as const),
      fc.constantFrom(roomy, { characters: 4_000, lines: 40 }, { characters: 900, lines: 9 }),
      async (steps, chosen, limits) => {
        rmSync(folder, { recursive: true });
        folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
        folders[folders.length - 1] = folder;
        const names = new Set<string>();
        const writers = [createWriter(), createWriter(), createWriter()];
        // Until there is so much of a log, no line of it is read.
        const held = writers.map((write) => write([{ kind: 'noise', count: 50 }]));
        let rolls = 0;
        const follow = followed(chosen === 'own' ? { kind: 'digest', of: uriOf('log-0.log') } : chosen, limits);
        for (const { log, records, later, rolls: isRolled } of steps) {
          const name = `log-${log}.log`;
          const text = (held[log] ?? '') + (writers[log]?.(records) ?? '');
          const end = Math.max(0, text.length - later);
          held[log] = text.slice(end);
          if (isRolled && names.has(name)) {
            rolls += 1;
            renameSync(pathOf(name), pathOf(`${name}.${rolls}`));
            names.add(`${name}.${rolls}`);
          }
          appendFileSync(pathOf(name), text.slice(0, end));
          names.add(name);
          await follow(await analysisOf([...names].map(uriOf)));
        }
      },
    ),
    { numRuns: 12 },
  );
});
