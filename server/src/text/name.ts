/** What checkpoints, subtasks, attempts, jobs and files are called. Names are plain text as logged, not escaped. */
import type { Attempt, Checkpoint, Job, LogSet, Role, Source, Subtask } from '../checkpoint/model.js';

/** What the process is called that wrote a log. */
export const roleNames: Readonly<Record<Role, string>> = {
  jobmanager: 'JobManager',
  taskmanager: 'TaskManager',
  client: 'client',
  mixed: 'JobManager and TaskManager in one',
  unknown: 'process not named',
};

type TaskPart = Pick<Attempt, 'index' | 'parallelism'>;

/** `(3/4)`; null where the index is unknown. */
export function indexText({ index, parallelism }: TaskPart): string | null {
  return index === null ? null : `(${index + 1}/${parallelism ?? '?'})`;
}

/** `Source: orders (3/4)`. */
export function taskText(task: string, part: TaskPart): string {
  const index = indexText(part);
  return index === null ? task : `${task} ${index}`;
}

const namedBy = (task: string | null, part: TaskPart, attemptId: string | null, twin: string | null): string => {
  const index = indexText(part);
  if (task !== null) return twin === null ? taskText(task, part) : `${taskText(task, part)} of ${shortId(twin)}`;
  if (attemptId !== null) return `attempt ${shortId(attemptId)}`;
  return index === null ? 'an unnamed subtask' : `subtask ${index}`;
};

/**
 * `stateful-process -> enrich-map (3/4)`, `stateful-process (3/4) of 7cba777f…` where two vertices have that name; the
 * attempt id where no line names the task.
 */
export function subtaskName(subtask: Subtask): string {
  return namedBy(subtask.name, subtask, subtask.attemptId, subtask.attempt?.twin ?? null);
}

/** The same with the index first, for where a long name's end is cut off: `(3/4) stateful-process -> enrich-map`. */
export function subtaskNameByIndex(subtask: Subtask): string {
  const { name, attemptId, attempt } = subtask;
  const index = indexText(subtask);
  const task = namedBy(name, { index: null, parallelism: null }, attemptId, attempt?.twin ?? null);
  return index === null ? task : `${index} ${task}`;
}

/** The task of an attempt with its index, or the attempt's id where no line names the task. */
export function attemptName(attempt: Attempt): string {
  return namedBy(attempt.task, attempt, attempt.id, attempt.twin);
}

/** Whether it is a savepoint, as far as the logs tell. */
export const isSavepoint = ({ type }: Checkpoint): boolean => type === 'savepoint' || type === 'sync-savepoint';

/** `Checkpoint 4`, `Savepoint 7`; without a number where the trigger was refused before there was one. */
export function checkpointName(checkpoint: Checkpoint): string {
  const noun = isSavepoint(checkpoint) ? 'Savepoint' : 'Checkpoint';
  return checkpoint.id === null ? noun : `${noun} ${checkpoint.id}`;
}

/** The name that all runs of a job share, else its id cut short. */
export function jobTitle(job: Job): string {
  return job.name ?? (job.id === null ? 'unknown job' : `job ${shortId(job.id)}`);
}

/** `run 1`, the first one. */
export function runTitle({ run }: Job): string {
  return `run ${run + 1}`;
}

/** The job's name, else its id cut short; later runs under the same id are counted. */
export function jobName(job: Job): string {
  return job.run === 0 ? jobTitle(job) : `${jobTitle(job)} (${runTitle(job)})`;
}

/** A TaskManager's resource id; the random ones of older versions cut short. */
export function taskManagerName(id: string): string {
  return /^[0-9a-f]{32}$/.test(id) ? shortId(id) : id;
}

/**
 * An id as people compare it: its first eight digits, and since 1.16 the subtask index and attempt number at its end.
 */
export function shortId(id: string): string {
  const tail = /_\d+_\d+$/.exec(id)?.[0] ?? '';
  return id.length - tail.length > 9 ? `${id.slice(0, 8)}…${tail}` : id;
}

/** The last part of a path or URI, with percent signs decoded in a URI. */
export function fileName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (!/^[a-z][a-z0-9+.-]+:/i.test(path)) return name;
  try {
    return decodeURIComponent(name.slice(name.lastIndexOf(':') + 1));
  } catch {
    return name;
  }
}

/** `flink-<user>-<process>-<number>-<host>.log`, as Flink's scripts name the log of a process (bin/flink-daemon.sh). */
const daemonLog =
  /^flink-.+?-(?<process>standalonesession|standalonejob|taskexecutor|historyserver|sql-gateway)-(?<number>\d+)-.*?(?<suffix>\.(?:out|err|log)(?:[.-][\d-]+)?)$/;

const shortFileName = (path: string): string => {
  const name = fileName(path);
  const groups = daemonLog.exec(name)?.groups;
  if (groups === undefined) return name;
  const suffix = groups['suffix'] === '.log' ? '' : (groups['suffix'] ?? '');
  return `${groups['process'] ?? ''}-${groups['number'] ?? ''}${suffix}`;
};

/** `…_000002/taskmanager.log` for a file inside what `yarn logs` prints, the whole file name for others. */
const longName = ({ path, within }: Source): string => {
  const inner = within === undefined ? null : /_(\d+)\/[^/]+$/.exec(path);
  return inner === null ? fileName(path) : `…${inner[0]}`;
};

/**
 * A short name for each source of the set, in their order: `taskexecutor-0`; whole file names where two would be equal.
 */
export function sourceNames(logSet: LogSet): readonly string[] {
  const short = logSet.sources.map((source) => shortFileName(source.path));
  const seen = new Set<string>();
  const twice = new Set(short.filter((name) => seen.has(name) || !seen.add(name)));
  return logSet.sources.map((source, i) => {
    const name = short[i] ?? source.path;
    return twice.has(name) ? longName(source) : name;
  });
}
