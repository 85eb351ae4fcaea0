/** From the fields of a message to what it is about: job, checkpoint, attempt, task. */
import { sharedText } from '../scan/ownText.js';
import type { LogEvent } from './event.js';
import type { Message } from './message.js';
import { parseTask, taskOfThread, type TaskName } from './task.js';

/** The identifiers of an event. */
export type Identifiers = Pick<
  LogEvent,
  'job' | 'checkpoint' | 'attempt' | 'task' | 'index' | 'parallelism' | 'attemptNumber'
>;

/** Values of the fields that took part, by name. */
export type Fields = LogEvent['fields'];

/** The identifiers that the fields of a message hold, whose texts are shared (`sharedText`). */
export function identify(message: Message, fields: Fields): Identifiers {
  let job: string | null = null;
  let attempt: string | null = null;
  let taskName: string | null = null;
  let thread: string | null = null;
  let checkpoint: number | null = null;
  let current: number | null = null;
  let index: number | null = null;
  let attemptNumber: number | null = null;
  // Asked for one by one, names would cost more than all else that is done for a line.
  for (const name in fields) {
    const value = fields[name] ?? null;
    const whole = typeof value === 'number' ? value : null;
    switch (name) {
      case 'jobId':
        job = textOf(value);
        break;
      case 'attemptId':
        attempt = textOf(value);
        break;
      case 'attemptIdDev':
        attempt ??= textOf(value);
        break;
      case 'taskName':
        taskName = textOf(value);
        break;
      case 'thread':
        thread = textOf(value);
        break;
      case 'checkpointId':
        checkpoint = whole;
        break;
      case 'currentCheckpointId':
        current = whole;
        break;
      case 'subtaskIndex':
        index = whole;
        break;
      case 'attemptNumber':
        attemptNumber = whole;
        break;
    }
  }
  const place = placeOf(message, fields);
  const task = taskOf(taskName, thread);
  return {
    job: job ?? place.job,
    checkpoint: checkpointId(checkpoint ?? current ?? place.checkpoint),
    attempt,
    task: task === null ? null : sharedText(task.task),
    index: task?.index ?? index,
    parallelism: task?.parallelism ?? null,
    attemptNumber: task?.attemptNumber ?? attemptNumber,
  };
}

const textOf = (value: string | number | null): string | null => (value === null ? null : String(value));

/** Flink writes -1 where there is no checkpoint. */
function checkpointId(id: number | null): number | null {
  return id === null || id < 0 ? null : id;
}

function taskOf(taskName: string | null, thread: string | null): TaskName | null {
  if (taskName !== null) return parseTask(taskName);
  return thread === null ? null : taskOfThread(thread);
}

interface Place {
  readonly job: string | null;
  readonly checkpoint: number | null;
}

/** Job and checkpoint that a directory (`…/<job id>/chk-N`) or a checkpoint's own description states. */
function placeOf(message: Message, fields: Fields): Place {
  const { streamFactory, checkpoint, path } = fields;
  if (typeof streamFactory === 'string') {
    const start = streamFactory.indexOf('checkpointDirectory=');
    return start < 0 ? nowhere : directory(streamFactory.slice(start).split(',', 1)[0] ?? '');
  }
  if (typeof path === 'string' && message.level === null && message.kind === 'upload') return directory(path);
  if (typeof checkpoint === 'string') {
    const [, id, job] = /^Checkpoint (\d{1,15}) @ [1-9]\d* for ([0-9a-f]{32})\b/.exec(checkpoint) ?? [];
    return id === undefined ? nowhere : { job: job === undefined ? null : sharedText(job), checkpoint: Number(id) };
  }
  return nowhere;
}

const nowhere: Place = { job: null, checkpoint: null };

function directory(path: string): Place {
  const [, job, id] = /(?:\/([0-9a-f]{32}))?\/chk-(\d{1,15})(?:\/|$)/.exec(path) ?? [];
  return id === undefined ? nowhere : { job: job === undefined ? null : sharedText(job), checkpoint: Number(id) };
}
