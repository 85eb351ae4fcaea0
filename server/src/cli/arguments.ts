/** What the command line was asked to do, read from its arguments. */
import { parseArgs } from 'node:util';
import { compilePattern } from '../layout/pattern.js';
import type { Layout } from '../layout/record.js';

/** Formats of `flink-log analyze`. */
export type AnalyzeFormat = 'text' | 'json' | 'markdown' | 'sarif';

/** Formats of `flink-log events`. */
export type EventsFormat = 'text' | 'jsonl';

/** A clock's offset from UTC that the user gives: for all logs, those of one role, or those whose path holds a text. */
export interface GivenZone {
  /** `JM` or `TM` for a role, another text for a part of the path; null for all. */
  readonly who: string | null;
  readonly offsetMinutes: number;
}

/** `flink-log analyze PATH…` */
export interface AnalyzeCall {
  readonly command: 'analyze';
  readonly paths: readonly string[];
  readonly format: AnalyzeFormat;
  /** Only jobs whose id starts with this text; null for all. */
  readonly job: string | null;
  /** Only checkpoints with this id; null for all. */
  readonly checkpoint: number | null;
  readonly zones: readonly GivenZone[];
  /** Layouts to try before the known ones. */
  readonly layouts: readonly Layout[];
  /** Least severity of a finding that makes the exit status 1; null for never. */
  readonly failOn: 'warning' | 'error' | null;
}

/** `flink-log events PATH…` */
export interface EventsCall {
  readonly command: 'events';
  readonly paths: readonly string[];
  readonly format: EventsFormat;
  /** Layouts to try before the known ones. */
  readonly layouts: readonly Layout[];
}

/** What one call asks for; `wrong` says in one line what to write instead. */
export type Call =
  | AnalyzeCall
  | EventsCall
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'wrong'; readonly remedy: string };

/** The text of `flink-log --help`. */
export const usage = `Usage: flink-log analyze PATH… [options]
       flink-log events  PATH… [--format text|jsonl] [--layout PATTERN]

Reads logs of Apache Flink and says what happened to each checkpoint.
PATH is a log file (.gz, .zst, .bz2, .xz too), an archive (.zip, .tar, .tar
compressed), a folder, or - for standard input.
All PATHs of one call are read together, the logs of each cluster apart.

analyze: checkpoints, their slow or missing subtasks, and findings
  --format text|json|markdown|sarif   default: text
  --job ID              only jobs whose id starts with ID
  --checkpoint N        only checkpoint N, with all its subtasks
  --time-zone=[WHO=]±hh:mm
                        offset of the printed clocks from UTC; WHO is JM, TM
                        or a part of the path; may be given several times
  --fail-on warning|error
                        exit status 1 if there is such a finding

events: each recognised line, one by one
  --format text|jsonl   default: text

both:
  --layout PATTERN      layout of these logs where it is not known, as log4j or
                        logback describe it: '%d %-5p [%t] %c{1} - %m%n';
                        may be given several times

  --help, --version

Exit status: 0 done, 1 --fail-on met, 2 wrong call or nothing could be read.
`;

const options = {
  format: { type: 'string' },
  job: { type: 'string' },
  checkpoint: { type: 'string' },
  'time-zone': { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  layout: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

const analyzeFormats = ['text', 'json', 'markdown', 'sarif'] as const;
const eventsFormats = ['text', 'jsonl'] as const;
const failLevels = ['warning', 'error'] as const;

class WrongCall extends Error {}

/** Reads the arguments after the program's name. Never throws: a call that makes no sense is `wrong`. */
export function readCall(args: readonly string[]): Call {
  try {
    return read(args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof WrongCall) return { command: 'wrong', remedy: error.message };
    // parseArgs adds a second sentence on how to pass the option as a path, which helps nobody here.
    const [reason = ''] = error.message.split('. To specify a positional');
    return { command: 'wrong', remedy: `${reason.replaceAll('\n', ' ').replace(/\.$/, '')}; see flink-log --help` };
  }
}

function read(args: readonly string[]): Call {
  const { values, positionals } = parseArgs({ args: withOffsets(args), options, allowPositionals: true, strict: true });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...paths] = positionals;
  switch (command) {
    case 'analyze':
      return {
        command,
        paths: somePaths(command, paths),
        format: oneOf('--format', analyzeFormats, values.format) ?? 'text',
        job: values.job === undefined ? null : readJob(values.job),
        checkpoint: values.checkpoint === undefined ? null : readCheckpoint(values.checkpoint),
        zones: (values['time-zone'] ?? []).map(readZone),
        layouts: (values.layout ?? []).map(readLayout),
        failOn: oneOf('--fail-on', failLevels, values['fail-on']),
      };
    case 'events': {
      const foreign = (['job', 'checkpoint', 'time-zone', 'fail-on'] as const).find((name) => name in values);
      if (foreign) throw new WrongCall(`--${foreign} is an option of flink-log analyze, not of events`);
      return {
        command,
        paths: somePaths(command, paths),
        format: oneOf('--format', eventsFormats, values.format) ?? 'text',
        layouts: (values.layout ?? []).map(readLayout),
      };
    }
    case undefined:
      throw new WrongCall('say what to do: flink-log analyze PATH… or flink-log events PATH…; see flink-log --help');
    default:
      throw new WrongCall(`unknown command ${quote(command)}: write flink-log analyze PATH… or flink-log events PATH…`);
  }
}

/** `--time-zone -05:00` as one word, since Node takes what begins with a minus for an option. */
function withOffsets(args: readonly string[]): string[] {
  const words: string[] = [];
  for (const arg of args)
    if (words.at(-1) === '--time-zone' && /^-\d/.test(arg)) words.splice(-1, 1, `--time-zone=${arg}`);
    else words.push(arg);
  return words;
}

function somePaths(command: string, paths: readonly string[]): readonly string[] {
  if (paths.length > 0) return paths;
  throw new WrongCall(`name a log file, a folder or - for standard input: flink-log ${command} PATH…`);
}

function oneOf<T extends string>(option: string, allowed: readonly T[], value: string | undefined): T | null {
  if (value === undefined) return null;
  const found = allowed.find((candidate) => candidate === value);
  if (found) return found;
  throw new WrongCall(`${option} ${quote(value)} is unknown: use ${allowed.join(', ')}`);
}

function readJob(value: string): string {
  if (/^[0-9a-f]{1,32}$/i.test(value)) return value.toLowerCase();
  throw new WrongCall(`--job ${quote(value)} is no job id: use its hex digits as logged, or the first of them`);
}

function readCheckpoint(value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new WrongCall(`--checkpoint ${quote(value)} is no checkpoint id: use a number such as 604`);
}

function readZone(value: string): GivenZone {
  const match = /^(?:(?<who>.+)=)?(?:(?<sign>[+-])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?|Z|UTC)$/.exec(value);
  const { who, sign, hours = '0', minutes = '0' } = match?.groups ?? {};
  const offset = Number(hours) * 60 + Number(minutes);
  // Offsets in use reach from -12:00 to +14:00.
  if (!match || Number(minutes) > 59 || offset > 14 * 60)
    throw new WrongCall(
      `--time-zone ${quote(value)} is no offset: use --time-zone=+08:00, --time-zone=JM=-05:30 or --time-zone=UTC`,
    );
  return { who: who ?? null, offsetMinutes: sign === '-' ? 0 - offset : offset };
}

function readLayout(value: string): Layout {
  const layout = compilePattern(value);
  if ('error' in layout) throw new WrongCall(`--layout ${quote(value)} cannot be read: ${layout.error}`);
  return layout;
}

function quote(value: string): string {
  return JSON.stringify(value);
}
