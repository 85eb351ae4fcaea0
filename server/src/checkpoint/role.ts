/** Which process wrote a log, its Flink version and its TaskManager's resource id, as its lines tell. */
import type { LogEvent } from '../message/event.js';
import { textField } from '../message/fieldValue.js';
import { begins } from '../message/textOf.js';
import type { Role, Source } from './model.js';

/** The process that wrote the source: by its banner, else by which side logs most of its messages. */
export function roleOf(source: Source): Role {
  const roles = new Set<Role>();
  let jobManager = 0;
  let taskManager = 0;
  let client = 0;
  for (const event of source.events) {
    const entrypoint = isBanner(event) ? textField(event, 'component') : null;
    if (entrypoint !== null) roles.add(roleOfEntrypoint(entrypoint));
    if (event.message.side === 'JM') jobManager += 1;
    if (event.message.side === 'TM') taskManager += 1;
    if (event.message.side === 'CLIENT') client += 1;
  }
  roles.delete('unknown');
  const [only] = roles;
  if (only !== undefined) return roles.size === 1 ? only : 'mixed';
  if (jobManager > 0 && taskManager > 0)
    return isFew(jobManager, taskManager) ? 'taskmanager' : isFew(taskManager, jobManager) ? 'jobmanager' : 'mixed';
  if (jobManager > 0) return 'jobmanager';
  if (taskManager > 0) return 'taskmanager';
  return client > 0 ? 'client' : 'unknown';
}

/** Whether it is the first line of a process's banner (EnvironmentInformation.logEnvironmentInfo), which names what it runs. */
export const isBanner = ({ message, fields }: LogEvent): boolean =>
  message.kind === 'other' && fields['component'] !== undefined;

/** Classes that both processes run log some lines of the other side; a twentieth of all is noise. */
const isFew = (part: number, other: number): boolean => part * 20 < other;

const roleOfEntrypoint = (entrypoint: string): Role => {
  if (/TaskManager|TaskExecutor/i.test(entrypoint)) return 'taskmanager';
  if (/Entrypoint|JobManager|ClusterRunner|ApplicationMaster/i.test(entrypoint)) return 'jobmanager';
  if (/Client|Frontend/i.test(entrypoint)) return 'client';
  return 'unknown';
};

/** Flink version that the (last) banner prints. */
export const versionOf = (source: Source): string | null => {
  const banner = source.events.findLast(isBanner);
  return banner === undefined ? null : textField(banner, 'flinkVersion');
};

/** Resource id that a TaskManager announces for itself with this line (`Starting TaskManager with ResourceID: tm-1`). */
export const announcedBy = (event: LogEvent): string | null =>
  begins(event, 'Starting TaskManager with ResourceID') ? textField(event, 'resourceId') : null;

/** Resource id that the TaskManager announces for itself. */
export const taskManagerOf = (source: Source): string | null => {
  for (const event of source.events) {
    const taskManager = announcedBy(event);
    if (taskManager !== null) return taskManager;
  }
  return null;
};
