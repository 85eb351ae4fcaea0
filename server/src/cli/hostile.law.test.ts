/** The law that parsing never throws and never drops (ARCHITECTURE.md), tried on lines that are deep, long and alike. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jobManager } from '../../../test/lines.js';
import { createDocumentBuilder } from '../checkpoint/document.js';
import { analyse } from '../finding/analyse.js';
import { markdownReport } from './markdown.js';
import { textReport } from './report.js';

const { trigger, complete, expire } = jobManager;
const good = [trigger(0, 1), complete(1, 1, 1000), trigger(10, 2), expire(14, 2)];

const other = '0'.repeat(32);
const head = '2026-11-22 13:40:02,341 WARN ';
const span = `SimpleSpan{scope=x, name=Checkpoint, startTsMillis=1, endTsMillis=2, attributes={checkpointId=1, jobId=${other}}`;
const nested = (open: string, close: string, depth: number, core = ''): string =>
  open.repeat(depth) + core + close.repeat(depth);
const json = (member: string): string => `{"level":"WARN","loggerName":"a.B","message":"c",${member}}`;

/** Hostile lines, by how deep, long or many they are. */
const hostile: readonly (readonly [what: string, lines: (size: number) => readonly string[]])[] = [
  ['causes in causes', (size) => [json(`"thrown":${nested('{"name":"a.B","cause":', '}', size, 'null')}`)]],
  ['traces in traces', (size) => [json(`"thrown":${nested('{"stack_trace":', '}', size, '"a.B"')}`)]],
  ['arrays in arrays', (size) => [json(`"mdc":${nested('[', ']', size)}`)]],
  [
    'spans in spans',
    (size) => [`${head} o.a.f.Slf4jTraceReporter [] - Reported span: ${nested(`${span}, children=[`, ']}', size)}`],
  ],
  ['the name of an exception over and over', (size) => [`Caused by: a.${'Exception'.repeat(size)}!`]],
  ['packages in packages', (size) => [`Caused by: ${'a.'.repeat(size)}!`]],
  ['an identifier', (size) => [`${head} ${'a'.repeat(size)} [] - ${'B'.repeat(size)}`]],
  ['carriage returns', (size) => ['a\r'.repeat(size)]],
  ['characters beyond ASCII', (size) => ['检查点'.repeat(size)]],
  ['half characters', (size) => [json(String.raw`"thread":"${String.raw`\ud83d`.repeat(size)}"`)]],
  ['times that are no JSON', (size) => Array<string>(size).fill('  "time": 007,')],
  ['exceptions', (size) => Array<string>(size).fill('Caused by: java.io.IOException: no space')],
  [
    'runs of a job',
    (size) =>
      Array.from(
        { length: size },
        (_, run) =>
          `${head} org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Triggering checkpoint 1 @ ${1795354802341 + run} for job ${other}.`,
      ),
  ],
];

const greatest = 15_000;

/** Analyses the lines, whose bytes come in pieces of a size, and reports; gives the events of each line. */
function read(lines: readonly string[], piece: number) {
  const bytes = new TextEncoder().encode(lines.join('\n'));
  const builder = createDocumentBuilder('jm.log', { lines: 'own' });
  for (let at = 0; at < bytes.length; at += piece) builder.push(bytes.subarray(at, at + piece));
  const sources = builder.end();
  const analysis = analyse(sources);
  expect([textReport(analysis, true), markdownReport(analysis, true)]).not.toContain('');
  const [job] = analysis.logSet.jobs.filter(({ id }) => id !== null && id !== other);
  return { events: sources.flatMap(({ events }) => events), job };
}

test.each(hostile)(
  'what stands around %s is read as ever',
  (_what, linesOf) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.nat(good.length),
        fc.constantFrom(1000, 65_536, Infinity),
        (size, place, piece) => {
          const lines = linesOf(size);
          const { events, job } = read([...good.slice(0, place), ...lines, ...good.slice(place)], piece);
          const told = good.map((_, i) => {
            const line = i < place ? i + 1 : i + lines.length + 1;
            return events.filter((event) => event.line === line).map(({ message }) => message.kind);
          });
          expect(told).toEqual([['trigger'], ['complete'], ['trigger'], ['expire']]);
          expect(job?.checkpoints.map(({ id, outcome }) => [id, outcome])).toEqual([
            [1, 'completed'],
            [2, 'expired'],
          ]);
        },
      ),
      { numRuns: 10, examples: [[greatest, 2, 65_536]] },
    );
  },
  120_000,
);
