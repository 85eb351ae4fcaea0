import { describe, expect, it } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { compareTelling, entries, messageById, messages, type Entry } from './catalogue.js';
import type { LogEvent } from './event.js';
import type { Message } from './message.js';
import { recogniseAll } from './recogniser.js';
import ids from './table/ids.json' with { type: 'json' };

/** The events of a sample, as a log would hold it. */
function eventsOf({ logger, level }: Message, sample: string): readonly LogEvent[] {
  const head =
    level === null ? '' : `2024-05-14 09:21:33,417 ${level.padEnd(5)} org.apache.flink.${logger ?? 'X'} [] - `;
  return recogniseAll(readRecords(`${head}${sample}\n`));
}

const samples = entries.flatMap((entry) =>
  entry.message.samples.map((sample) => ({ entry, message: entry.message, sample })),
);

/** Descriptions of the samples that fail a test. */
const failing = (fails: (sample: (typeof samples)[number]) => boolean): string[] =>
  samples.filter(fails).map(({ message, sample }) => `${message.id}: ${sample}`);

describe('table of messages', () => {
  it('gives each row a sample and a meaning', () => {
    const bare = messages.filter(
      ({ samples: [first], meaning }) => first === undefined || !/^[A-Z][^]+\.$/.test(meaning),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('uses each id and alias once', () => {
    const all = messages.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]);
    expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([]);
  });

  it('keeps every id that scripts may know', () => {
    expect(ids.filter((id) => messageById(id) === undefined)).toEqual([]);
  });

  it('recognises each sample as its row, and as nothing else', () => {
    expect(
      failing(
        ({ message, sample }) =>
          eventsOf(message, sample)
            .map((event) => event.message.id)
            .join() !== message.id,
      ),
    ).toEqual([]);
  });

  it('reads a value for each field of a sample', () => {
    const hasFields = ({ pieces }: Entry, event: LogEvent | undefined): boolean =>
      pieces.every((piece) => 'text' in piece || event?.fields[piece.name] !== undefined);
    expect(failing(({ entry, message, sample }) => !hasFields(entry, eventsOf(message, sample)[0]))).toEqual([]);
  });

  it('has a literal that stands in each sample', () => {
    expect(failing(({ message, sample }) => message.literal.length < 3 || !sample.includes(message.literal))).toEqual(
      [],
    );
  });

  it('has patterns that match a sample from its start to its end', () => {
    expect(failing(({ message, sample }) => message.pattern.exec(sample)?.[0] !== sample)).toEqual([]);
  });
});

describe('order of the table', () => {
  const matching = ({ message, sample }: (typeof samples)[number]): readonly Entry[] =>
    entries.filter((entry) => entry.message.logger === message.logger && entry.message.pattern.test(sample));

  it('never lets the name or place of a row decide: of two rows for one text, one says more or has the record’s level', () => {
    const undecided = failing((sample) =>
      matching(sample).some(
        (other) =>
          other !== sample.entry &&
          compareTelling(other.telling, sample.entry.telling) === 0 &&
          other.message.level === sample.message.level,
      ),
    );
    expect(undecided).toEqual([]);
  });

  it('puts each row before the more general ones that match its samples, too', () => {
    const hidden = failing((sample) =>
      matching(sample).some((other) => other.rank < sample.entry.rank && other.message.level === sample.message.level),
    );
    expect(hidden).toEqual([]);
  });

  it('lets the literal row win over the general one', () => {
    const head = '2024-05-14 09:21:33,417 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - ';
    const text = 'Failed during stopping job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 with a savepoint. Reason: ';
    const idsOf = (reason: string): string[] =>
      recogniseAll(readRecords(`${head}${text}${reason}`)).map((event) => event.message.id);
    expect(idsOf('Reached state CANCELED instead of FINISHED.')).toEqual([
      'JobMaster-failed-during-stopping-job-with-a-savepoint-reason-reached-s-2',
    ]);
    expect(idsOf('No space left on device')).toEqual([
      'JobMaster-failed-during-stopping-job-with-a-savepoint-reason-2',
    ]);
  });

  it('lets the level decide between rows that say the same', () => {
    const at = (level: string): string | undefined =>
      recogniseAll(
        readRecords(
          `2024-05-14 09:21:33,417 ${level} org.apache.flink.runtime.taskexecutor.TaskExecutor [] - Close JobManager connection for job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21.`,
        ),
      )[0]?.message.id;
    expect(at('INFO ')).toBe('TaskExecutor-close-jobmanager-connection-for-job');
    expect(at('DEBUG')).toBe('TaskExecutor-close-jobmanager-connection-for-job-2');
  });
});
