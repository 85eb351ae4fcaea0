/** How findings speak of checkpoints, subtasks and causes. */
import type { Checkpoint } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { listed } from '../text/list.js';
import { checkpointName, isSavepoint } from '../text/name.js';

/** `Checkpoint 4`, `Checkpoints 4 and 8`, `Savepoints 5, 9, 11 and 2 more`; both kinds: `Checkpoint 4 and savepoint 5`. */
export function checkpointNames(checkpoints: readonly Checkpoint[]): string {
  const named = checkpoints.filter((checkpoint) => checkpoint.id !== null);
  const [first] = named;
  if (first === undefined) return checkpoints.length === 1 ? 'A checkpoint' : `${checkpoints.length} checkpoints`;
  if (named.length === 1) return checkpointName(first);
  const nouns = new Set(named.map(isSavepoint));
  if (nouns.size > 1) {
    const split = [named.filter((one) => !isSavepoint(one)), named.filter(isSavepoint)];
    const [checkpointsText = '', savepointsText = ''] = split.map(checkpointNames);
    // Behind `3 more` the second `and` needs a pause.
    return `${checkpointsText}${checkpointsText.includes(' and ') ? ',' : ''} and ${savepointsText.toLowerCase()}`;
  }
  return `${isSavepoint(first) ? 'Savepoints' : 'Checkpoints'} ${listed(named.map(({ id }) => String(id)))}`;
}

/** ` after 4.0s`, ` after 4.0s to 7.1s`; empty where not all durations are known. */
export function afterText(checkpoints: readonly Checkpoint[]): string {
  const durations = checkpoints.flatMap(({ durationMs }) => durationMs ?? []).toSorted((a, b) => a - b);
  const [shortest, longest] = [durations[0], durations.at(-1)];
  if (shortest === undefined || longest === undefined || durations.length < checkpoints.length) return '';
  const [least, most] = [formatDuration(shortest), formatDuration(longest)];
  return least === most ? ` after ${least}` : ` after ${least} to ${most}`;
}

/** The text with a full stop, unless it has an end already. */
export const sentence = (text: string): string => (/[.…!?]$/.test(text) ? text : `${text}.`);

/** `was` for one, `were` for more. */
export const was = (things: readonly unknown[]): string => (things.length === 1 ? 'was' : 'were');
