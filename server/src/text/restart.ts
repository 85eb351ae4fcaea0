/** Restarts of a job in words. */
import type { Restart, Restore } from '../checkpoint/model.js';
import { formatDuration, formatMeasure } from './duration.js';
import { attemptName } from './name.js';

/**
 * `down for 12.3s, went on from checkpoint 7 (triggered 14.1s before the failure)`, `≤ 3.0s` where the clock prints whole
 * seconds; null where no line tells either.
 */
export function restartText({ kind, at, attempt, cause, downMs, restore, restoredTo, facts }: Restart): string | null {
  // A clock of whole seconds leaves both ends open.
  const open = facts[0]?.event.time?.resolution ?? 0;
  const down = downMs === null ? null : `down for ${spanText(downMs - open, downMs + open)}`;
  if (restore === null) return down;
  // The adaptive scheduler restarts a job to rescale it, too.
  const isFailure = kind === 'restarted' && (attempt !== null || cause !== null);
  const before = isFailure ? 'before the failure' : 'before that';
  const back =
    restoredTo === null || at === null
      ? ''
      : ` (triggered ${spanText(at - restoredTo, at + open - restoredTo)} ${before})`;
  return [down, `went on from ${restoreName(restore)}${back}`].filter((part) => part !== null).join(', ');
}

const spanText = (low: number, high: number): string | null => formatMeasure({ known: 'bounds', low, high });

/** `checkpoint 7`, `savepoint 7`: from what a job was restored. */
export const restoreName = ({ checkpoint, isSavepoint }: Restore): string =>
  checkpoint === null ? 'a checkpoint or savepoint' : `${isSavepoint ? 'savepoint' : 'checkpoint'} ${checkpoint}`;

/**
 * What made the job restart: ` after stateful-process (2/4) failed`, ` after 3 failures, first of …`, ` under another
 * JobManager`; empty where unknown.
 */
export function restartCause({ kind, attempt, failures }: Restart): string {
  if (kind === 'taken-over') return ' under another JobManager';
  if (kind === 'suspended') return ' after its JobManager suspended it';
  if (failures > 1) return ` after ${failures} failures${attempt === null ? '' : `, first of ${attemptName(attempt)}`}`;
  return attempt === null ? '' : ` after ${attemptName(attempt)} failed`;
}

/** The whole restart, for people: `Restarted after … failed: down for 12.3s, went on from checkpoint 7 (…)`. */
export const restartSentence = (restart: Restart): string =>
  `Restarted${restartCause(restart)}: ${restartText(restart) ?? 'not seen to run again'}`;

/** `2 restarts (down for 4.7s)`; null where there is none. A sum only where each is known. */
export function restartCounts(restarts: readonly Restart[]): string | null {
  if (restarts.length === 0) return null;
  const count = restarts.length === 1 ? '1 restart' : `${restarts.length} restarts`;
  const down = totalDown(restarts);
  return down === null ? count : `${count} (down for ${formatDuration(down)})`;
}

/** How long the job was down in all, ms; null where that of one is not known. */
export function totalDown(restarts: readonly Restart[]): number | null {
  const known = restarts.flatMap(({ downMs }) => downMs ?? []);
  return known.length < restarts.length || known.length === 0 ? null : known.reduce((sum, ms) => sum + ms, 0);
}
