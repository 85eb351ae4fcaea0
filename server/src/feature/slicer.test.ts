import { describe, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { openLog } from '../../../test/views.js';
import { createFeed } from '../checkpoint/feed.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import { linesOf } from '../scan/lines.js';
import { selectCheckpoint, selectionName, selectRuns, selectSubtask, type Selection } from './selection.js';
import type { Origin, Slice } from './slice.js';
import { createSlicer, type Cutting } from './slicer.js';
import { everything } from './sliceFilter.js';
import type { Page, PageSize } from './slicePage.js';

const texts = new Map(logsOf('samples').map(({ name, text }) => [`file:///logs/${name}`, text]));
const { analysis } = openLog('samples', 'standalonesession').view;
const [job] = analysis.logSet.jobs;
const expired = job?.checkpoints.find(({ id }) => id === 4);
const culprit = expired?.missing?.[0];
const late = 'stateful-process -> enrich-map (3/4)#0';

function slice(of: Analysis, selection: Selection | null, logs: ReadonlyMap<string, string> = texts): Slice {
  if (selection === null) throw new Error('nothing to select');
  const done = cut(of, { selection, filter: everything, page: null }, logs);
  if (!('text' in done)) throw new Error('too long');
  return done;
}

/** The slice, or its pages where it is longer than `limits`. */
function cut(
  of: Analysis,
  cutting: Cutting,
  logs: ReadonlyMap<string, string> = texts,
  limits?: PageSize,
): Slice | readonly Page[] {
  const slicer = createSlicer(of, cutting, [], limits);
  for (const source of slicer.sources()) {
    const reading = slicer.read(source);
    linesOf(logs.get(source.path) ?? '').forEach(reading.push);
    reading.end();
  }
  return slicer.cut();
}

/** Where the slice's lines come from. */
function originsOf({ text, origin }: Slice): Origin[] {
  const origins = linesOf(text).map((_, line) => origin(line));
  expect(origin(origins.length)).toBeNull();
  return origins.filter((one) => one !== null);
}

/** Printed times of the lines that have one; the samples' clocks all print UTC. */
const timesIn = ({ text }: Pick<Slice, 'text'>): string[] =>
  linesOf(text).flatMap((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/.exec(line)?.[0] ?? []);

describe('a slice of a checkpoint', () => {
  const cut = slice(analysis, expired === undefined ? null : selectCheckpoint(expired));
  const lines = linesOf(cut.text);

  test('holds its lines of all logs, with the stack traces below them, in time order', () => {
    const sources = new Set(originsOf(cut).map(({ source }) => source));
    expect(sources.size).toBe(3);
    expect(timesIn(cut)).toEqual(timesIn(cut).toSorted());
    const failed = lines.findIndex((line) => line.includes('Failed to trigger or complete checkpoint 4'));
    expect(lines[failed + 1]).toMatch(/CheckpointException: Checkpoint expired/);
    expect(lines[failed + 2]).toMatch(/^\tat /);
    const order = [
      'Triggering checkpoint 4 ',
      'Checkpoint 4 of job',
      `${late} - finished synchronous part of checkpoint 4`,
    ];
    const at = order.map((text) => lines.findIndex((line) => line.includes(text)));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  test('maps each line to where it stands, word for word', () => {
    expect(originsOf(cut)).toHaveLength(lines.length);
    for (const [i, { source, line }] of originsOf(cut).entries()) {
      const path = analysis.logSet.sources[source]?.path ?? '';
      expect(lines[i]).toBe(linesOf(texts.get(path) ?? '')[line - 1]);
      expect(cut.lineOf({ source, line })).toBe(i);
    }
  });

  test('holds every line that speaks of it, and no line of another checkpoint', () => {
    for (const source of analysis.logSet.sources)
      for (const fact of source.facts) {
        const isIn = cut.lineOf({ source: source.number, line: fact.event.line }) !== null;
        if (fact.checkpoint === expired) expect(isIn).toBe(true);
        else if (fact.checkpoint !== null && fact.event.line === fact.event.head) expect(isIn).toBe(false);
      }
  });

  test('is a log that tells the same story by itself', () => {
    const again = analyse([sourceOf('file:///saved.log', cut.text)]);
    const found = again.logSet.jobs.flatMap((one) => one.checkpoints).find(({ id }) => id === 4);
    expect(found?.outcome).toBe('expired');
    const held = found?.subtasks.find(({ name, index }) => name === culprit?.name && index === culprit.index);
    expect(held?.sync).toEqual(culprit?.sync);
  });
});

test('a slice of a subtask is a part of its checkpoint’s', () => {
  const cut = slice(analysis, culprit === undefined ? null : selectSubtask(culprit));
  const whole = slice(analysis, expired === undefined ? null : selectCheckpoint(expired));
  expect(cut.text).toContain(`${late} - finished synchronous part of checkpoint 4`);
  const all = new Set(linesOf(whole.text));
  expect(linesOf(cut.text).every((line) => all.has(line))).toBe(true);
  expect(cut.text.length).toBeLessThan(whole.text.length / 2);
});

test('a slice of an attempt tells its life, with the lines that name its task only', () => {
  const cut = slice(analysis, { kind: 'attempt', attempt: culprit?.attempt?.id ?? '' });
  expect(cut.text).toContain(`${late} - finished synchronous part of checkpoint 4`);
  expect(cut.text).toContain('Deploying stateful-process -> enrich-map (3/4)');
  expect(cut.text).toContain('Received task stateful-process -> enrich-map (3/4)');
});

test('a slice of a job holds all its checkpoints', () => {
  const cut = slice(analysis, job === undefined ? null : selectRuns([job]));
  for (const id of [1, 4, 8]) expect(cut.text).toContain(`Triggering checkpoint ${id} `);
});

test('a slice of a time window has its lines, both ends included, whatever they say', () => {
  const [from, to] = [Date.UTC(2026, 10, 22, 13, 40, 2, 342), Date.UTC(2026, 10, 22, 13, 40, 6, 343)];
  const times = timesIn(slice(analysis, { kind: 'window', from, to }));
  const isWithin = (time: string): boolean => time >= '2026-11-22 13:40:02,342' && time <= '2026-11-22 13:40:06,343';
  expect(times).toEqual(
    [...texts.values()]
      .flatMap((text) => timesIn({ text }))
      .filter(isWithin)
      .toSorted(),
  );
  expect([times[0], times.at(-1)]).toEqual(['2026-11-22 13:40:02,342', '2026-11-22 13:40:06,343']);
});

test('the merged log is every line of every log, once, in time order', () => {
  const cut = slice(analysis, { kind: 'all' });
  const all = [...texts.values()].flatMap(linesOf);
  expect(linesOf(cut.text).toSorted()).toEqual(all.toSorted());
  expect(timesIn(cut)).toEqual(timesIn(cut).toSorted());
});

test('logs in different zones are joined by UTC', () => {
  const zoned = new Map(
    logsOf('samples').map(({ name, text }) => [
      `file:///logs/${name}`,
      name.includes('taskexecutor-0') ? text.replaceAll(/^2026-11-22 13:/gm, '2026-11-22 21:') : text,
    ]),
  );
  const of = analyse([...zoned].map(([path, text]) => sourceOf(path, text)));
  const found = of.logSet.jobs[0]?.checkpoints.find(({ id }) => id === 4);
  const cut = slice(of, found === undefined ? null : selectCheckpoint(found), zoned);
  const plain = slice(analysis, expired === undefined ? null : selectCheckpoint(expired));
  expect(originsOf(cut)).toEqual(originsOf(plain));
});

test('what is not in the logs has no name and no lines', () => {
  const selection: Selection = { kind: 'checkpoint', job: 'none', run: 0, checkpoint: 4 };
  expect(selectionName(analysis.logSet, selection)).toBeNull();
  expect(slice(analysis, selection).text).toBe('');
});

test('a record of any number of lines is in the slice', () => {
  const path = 'file:///a.log';
  const logs = new Map([[path, `2026-11-22 13:40:02,341 INFO  a.B [] - lines\n${'one\n'.repeat(200_000)}`]]);
  const cut = slice(analyse([sourceOf(path, logs.get(path) ?? '')]), { kind: 'all' }, logs);
  expect(cut.origin(199_999)).toMatchObject({ line: 200_000 });
});

describe('a merged log that is longer than a page', () => {
  const limits = { characters: 400_000, lines: 700 };
  const cutting = { selection: { kind: 'all' }, filter: everything, page: null } as const;
  const pages = cut(analysis, cutting, texts, limits);
  const cuts = ('text' in pages ? [] : pages).map((page) => cut(analysis, { ...cutting, page }, texts, limits));

  test('comes in pages that make it up again', () => {
    expect(cuts.length).toBeGreaterThan(2);
    const text = cuts.map((page) => ('text' in page ? page.text : '')).join('');
    expect(text === slice(analysis, { kind: 'all' }).text).toBe(true);
  });

  test('has no page that is too long, and each tells its time', () => {
    for (const page of cuts) {
      if (!('text' in page)) throw new Error('pages of a page');
      expect(page.text.length).toBeLessThanOrEqual(limits.characters);
      expect(originsOf(page).length).toBeLessThanOrEqual(limits.lines);
      const times = timesIn(page).map((time) => Date.parse(`${time.replace(' ', 'T').replace(',', '.')}Z`));
      expect(page.span).toEqual([times[0], times.at(-1)]);
    }
  });

  test('keeps its pages, the last one aside, when its logs grow', () => {
    const grown = new Map([...texts].map(([path, text]) => [path, text]));
    const [path = ''] = grown.keys();
    const line = '2026-11-22 14:00:00,000 INFO  org.apache.flink.runtime.Foo [] - later\n';
    grown.set(path, `${grown.get(path) ?? ''}${line.repeat(500)}`);
    const of = analyse([...grown].map(([name, text]) => sourceOf(name, text)));
    const after = cut(of, cutting, grown, limits);
    if ('text' in pages || 'text' in after) throw new Error('too short');
    expect(after.length).toBeGreaterThan(pages.length);
    expect(after.slice(0, pages.length - 1)).toEqual(pages.slice(0, -1));
    for (const [i, page] of pages.slice(0, -1).entries())
      expect(cut(of, { ...cutting, page }, grown, limits)).toMatchObject({ text: (cuts[i] as Slice).text });
  });
});

test('a filter leaves whole records, with the lines below them', () => {
  const filter = { level: 'WARN', processes: ['jobmanager'] } as const;
  const done = cut(analysis, { selection: { kind: 'all' }, filter, page: null });
  if (!('text' in done)) throw new Error('too long');
  const lines = linesOf(done.text);
  expect(lines.length).toBeGreaterThan(5);
  expect(new Set(originsOf(done).map(({ source }) => analysis.logSet.sources[source]?.role))).toEqual(
    new Set(['jobmanager']),
  );
  for (const line of lines)
    expect(line).toMatch(/^\S+ \S+ (?:WARN|ERROR) |^\tat |^\t\.\.\. |^[\w.]+Exception|^Caused by/);
  const failed = lines.findIndex((line) => line.includes('Failed to trigger or complete checkpoint 4'));
  expect(lines[failed + 1]).toMatch(/CheckpointException: Checkpoint expired/);
});

test.each([
  '1.13.6-sync-failure-info',
  '1.13.6-task-failure',
  '1.13.6-two-jobs',
  '1.20.5-async-failure-info',
  '1.20.5-expired-info',
  '1.20.5-tm-killed',
  '1.9.3-sync-failure-debug',
  '2.0.2-slow-sync-debug',
])('a merged log that is saved as one file tells of the same checkpoints and outcomes: %s', (cluster) => {
  const logs = new Map(logsOf(cluster).map(({ name, text }) => [`file:///logs/${name}`, text]));
  const of = analyse([...logs].map(([path, text]) => sourceOf(path, text)));
  const saved = analyse([sourceOf('file:///saved.log', slice(of, { kind: 'all' }, logs).text)]);
  // Whose lines of a TaskManager are, its file told: without it those of two jobs are kept apart, as of no known job.
  const told = ({ logSet }: Analysis): unknown =>
    logSet.jobs
      .filter(({ id }) => id !== null)
      .map((one) => ({
        job: one.id,
        checkpoints: one.checkpoints.map(({ id, type, outcome, triggeredAt, endedAt, durationMs, failure }) => ({
          ...{ id, type, outcome, triggeredAt, endedAt, durationMs },
          reason: failure?.reason ?? null,
        })),
      }));
  expect(told(saved)).toEqual(told(of));
});

describe('a digest', () => {
  const path = [...texts.keys()].find((name) => name.includes('standalonesession')) ?? '';
  const own = linesOf(texts.get(path) ?? '');
  const source = analysis.logSet.sources.find((one) => one.path === path);
  const cut = slice(analysis, { kind: 'digest', of: path });

  test('holds every line of one log that tells of checkpoints, jobs and tasks, as logged and in its order', () => {
    const lines = originsOf(cut).map(({ line }) => line);
    expect(new Set(originsOf(cut).map((origin) => origin.source))).toEqual(new Set([source?.number]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(source?.facts.length).toBeGreaterThan(0);
    for (const { event } of source?.facts ?? [])
      expect(lines.includes(event.line)).toBe(
        event.message.id !== 'GlobalConfiguration-loading-configuration-property',
      );
    expect(linesOf(cut.text).filter((line) => line.includes('Loading configuration property'))).toContainEqual(
      expect.stringContaining('execution.checkpointing.storage'),
    );
    expect(linesOf(cut.text)).toEqual(lines.map((line) => own[line - 1]));
  });

  test('holds warnings and errors with their stack traces, whatever they say, and leaves out the rest', () => {
    const log = [
      '2026-11-22 13:40:01,000 INFO  org.example.Shop [] - open',
      '2026-11-22 13:40:02,000 WARN  org.example.Shop [] - no bread',
      'java.lang.IllegalStateException: no flour',
      '\tat org.example.Mill.grind(Mill.java:7)',
      '2026-11-22 13:40:03,000 ERROR org.example.Shop [] - closed',
    ];
    const uri = 'file:///shop.log';
    const logs = new Map([[uri, log.map((line) => `${line}\n`).join('')]]);
    const of = analyse([sourceOf(uri, logs.get(uri) ?? '')]);
    expect(linesOf(slice(of, { kind: 'digest', of: uri }, logs).text)).toEqual(log.slice(1));
  });

  test('takes in the rolled files that the log continues, oldest first', () => {
    const half = Math.floor(own.length / 2);
    const rolled = new Map([
      [
        path,
        own
          .slice(half)
          .map((line) => `${line}\n`)
          .join(''),
      ],
      [
        `${path}.1`,
        own
          .slice(0, half)
          .map((line) => `${line}\n`)
          .join(''),
      ],
    ]);
    const of = analyse([...rolled].map(([uri, text]) => sourceOf(uri, text)));
    expect(linesOf(slice(of, { kind: 'digest', of: path }, rolled).text)).toEqual(linesOf(cut.text));
  });

  test('of all logs is their digests in the order of time', () => {
    const all = slice(analysis, { kind: 'digest', of: null });
    const each = [...texts.keys()].flatMap((of) => linesOf(slice(analysis, { kind: 'digest', of }).text));
    expect(linesOf(all.text).toSorted()).toEqual(each.toSorted());
    expect(timesIn(all)).toEqual(timesIn(all).toSorted());
  });

  test('is called after its log', () => {
    const name = (of: string | null): string | null => selectionName(analysis.logSet, { kind: 'digest', of });
    expect(name(path)).toBe('digest of standalonesession-0');
    expect(name(null)).toBe('digest of all logs');
    expect(name('file:///gone.log')).toBeNull();
  });
});

describe('a slice that passes over lines', () => {
  const noise = Array.from(
    { length: 30 },
    (_, i) => `2026-11-22 13:39:50,${100 + i} DEBUG com.example.A${i % 5} [] - nothing of note\n\tat a.B.c(D.java:1)\n`,
  );
  /** The log with noise behind each of its lines, some of it loud. */
  const noisy = (text: string): string =>
    linesOf(text)
      .map(
        (line, i) =>
          `${line}\n${i % 3 === 0 ? noise.join('') : ''}${i % 50 === 0 ? noise[0]?.replace('DEBUG', 'WARN ') : ''}`,
      )
      .join('');
  const logs = new Map([...texts].map(([path, text]) => [path, noisy(text)]));
  const of = analyse([...logs].map(([path, text]) => sourceOf(path, text)));
  const [first] = of.logSet.jobs;
  const [checkpoint] = first?.checkpoints.filter(({ id }) => id === 4) ?? [];
  const selections: readonly (readonly [string, Selection | null])[] = [
    ['digest', { kind: 'digest', of: null }],
    ['job', selectRuns(first === undefined ? [] : [first])],
    ['checkpoint', checkpoint === undefined ? null : selectCheckpoint(checkpoint)],
    ['all', { kind: 'all' }],
  ];

  test.each(selections)('is the same, and reads few of them: %s', (kind, selection) => {
    if (selection === null) throw new Error('nothing to select');
    const slicer = createSlicer(of, { selection, filter: everything, page: null });
    let read = 0;
    for (const source of slicer.sources()) {
      const lines = slicer.read(source);
      const counted = {
        plainReader: lines.plainReader,
        push: (line: string) => {
          read += 1;
          lines.push(line);
        },
      };
      const feed = createFeed(counted, { isPassed: slicer.isPassed });
      feed.push(Buffer.from(logs.get(source.path) ?? ''));
      feed.end();
      lines.end();
    }
    const done = slicer.cut();
    if (!('text' in done)) throw new Error('too long');
    const plain = slice(of, selection, logs);
    expect(done.text).toBe(plain.text);
    expect(originsOf(done)).toEqual(originsOf(plain));
    const all = of.logSet.sources.reduce((sum, { lines }) => sum + lines, 0);
    if (kind === 'all') expect(read).toBe(all);
    else expect(read).toBeLessThan(all / 4);
  });
});
