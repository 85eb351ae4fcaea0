/** The built command line, run as a shell runs it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What one run came to. */
export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Path of the bundle, from the project's root. */
export const program = 'dist/flink-log.mjs';

/** Runs `flink-log` in the project's root with `input` on standard input. */
export function flinkLog(args: readonly string[], input = ''): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

interface Evidence {
  readonly source: number;
  readonly line: number;
  readonly kind: string;
}

/** What the tests look at in the document of `analyze --format json`. */
export interface Analysis {
  readonly sources: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly lines: number;
    readonly zoneOffsetMinutes: number | null;
    readonly error: string | null;
  }[];
  readonly jobs: readonly {
    readonly id: string | null;
    readonly checkpoints: readonly {
      readonly id: number | null;
      readonly outcome: string;
      readonly triggeredAt: number | null;
      readonly subtasks: readonly { readonly name: string | null; readonly evidence: readonly Evidence[] }[];
      readonly evidence: readonly Evidence[];
    }[];
  }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly job: string | null;
    readonly checkpoints: readonly number[];
    readonly subtasks: readonly string[];
    readonly evidence: readonly Evidence[];
  }[];
}

/** What the tests look at in a line of `events --format jsonl`. */
export interface EventLine {
  readonly source: string;
  readonly line: number;
  readonly kind: string;
  readonly job: string | null;
  readonly checkpoint: number | null;
  readonly attempt: string | null;
  readonly task: string | null;
  readonly index: number | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly jobCandidates?: readonly string[];
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });

const readSchema = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(`docs/contract/${name}.schema.json`, 'utf8')) as object);

const schemas = { analysis: readSchema('analysis'), event: readSchema('event') };

/** Where `value` breaks the schema of that name in docs/contract; empty where it does not. */
function violations(name: keyof typeof schemas, value: unknown): string[] {
  const validate = schemas[name];
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** Runs `analyze --format json`, holds the document against its schema, and gives it. */
export function analysisOf(args: readonly string[], input?: string): Analysis {
  const { status, stdout, stderr } = flinkLog(['analyze', '--format', 'json', ...args], input);
  if (status !== 0) throw new Error(`exit status ${String(status)}: ${stderr}`);
  const document: unknown = JSON.parse(stdout);
  const errors = violations('analysis', document);
  if (errors.length > 0) throw new Error(errors.slice(0, 10).join('\n'));
  return document as Analysis;
}

/** Runs `events --format jsonl`, holds each line against its schema, and gives them. */
export function eventsOf(args: readonly string[], input?: string): EventLine[] {
  const { status, stdout, stderr } = flinkLog(['events', '--format', 'jsonl', ...args], input);
  if (status !== 0) throw new Error(`exit status ${String(status)}: ${stderr}`);
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EventLine);
  const errors = events.flatMap((event) => violations('event', event));
  if (errors.length > 0) throw new Error(errors.slice(0, 10).join('\n'));
  return events;
}
