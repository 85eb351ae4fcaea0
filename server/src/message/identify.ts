/** From the fields of a message to what it is about: job, checkpoint, attempt, task. */
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

/** The identifiers that the fields of a message hold. */
export function identify(message: Message, fields: Fields): Identifiers {
  const text = (name: string): string | null => (fields[name] === undefined ? null : String(fields[name]));
  const whole = (name: string): number | null => (typeof fields[name] === 'number' ? fields[name] : null);
  const place = placeOf(message, fields);
  const task = taskOf(text('taskName'), text('thread'));
  return {
    job: text('jobId') ?? place.job,
    checkpoint: checkpointId(whole('checkpointId') ?? whole('currentCheckpointId') ?? place.checkpoint),
    attempt: text('attemptId') ?? text('attemptIdDev'),
    task: task?.task ?? null,
    index: task?.index ?? whole('subtaskIndex'),
    parallelism: task?.parallelism ?? null,
    attemptNumber: task?.attemptNumber ?? whole('attemptNumber'),
  };
}

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
    return id === undefined ? nowhere : { job: job ?? null, checkpoint: Number(id) };
  }
  return nowhere;
}

const nowhere: Place = { job: null, checkpoint: null };

function directory(path: string): Place {
  const [, job, id] = /(?:\/([0-9a-f]{32}))?\/chk-(\d{1,15})(?:\/|$)/.exec(path) ?? [];
  return id === undefined ? nowhere : { job: job ?? null, checkpoint: Number(id) };
}
