/** The table of a checkpoint's slowest or missing subtasks, as Markdown. */
import { greatest } from '../checkpoint/extremes.js';
import { atMost, measuredPhases, type MeasuredPhase } from '../checkpoint/measure.js';
import type { Checkpoint, Subtask } from '../checkpoint/model.js';
import { formatDuration, formatMeasure } from './duration.js';
import { escapeMarkdown } from './escape.js';
import { acknowledgementText, unacknowledgedText } from './headline.js';
import { subtaskName } from './name.js';

/** What the phases are called. */
export const phaseTitles: Readonly<Record<MeasuredPhase, string>> = {
  startDelay: 'start delay',
  alignment: 'alignment',
  sync: 'sync',
  async: 'async',
};

/** Subtasks that come first: declined, missing in the model's order, late; then by how long their snapshot took. */
export function bySlowness(checkpoint: Checkpoint): readonly Subtask[] {
  const missing = checkpoint.missing ?? [];
  const rank = (subtask: Subtask): number => {
    if (subtask.declined === true) return 0;
    const position = missing.indexOf(subtask);
    if (position >= 0) return 1 + position;
    return subtask.late === true ? 1 + missing.length : Infinity;
  };
  return [...checkpoint.subtasks].sort((a, b) => {
    const [rankA, rankB] = [rank(a), rank(b)];
    return rankA === rankB ? took(b) - took(a) : rankA - rankB;
  });
}

/** How long the subtask's part took, as far as is known: to its acknowledgement, else the sum of its phases; ms. */
function took(subtask: Subtask): number {
  const { triggeredAt } = subtask.checkpoint;
  if (subtask.acknowledgedAt !== null && triggeredAt !== null) return subtask.acknowledgedAt - triggeredAt;
  return measuredPhases.reduce((sum, phase) => sum + (atMost(subtask[phase]) ?? 0), 0);
}

/** Number of subtasks shown; more only where more were missing when the timeout struck. */
const usual = 3;
const most = 8;

/** Whether a table has more to tell of the subtasks than that none is known to have acknowledged, as the headline does. */
export function needsTable({ subtasks }: Checkpoint): boolean {
  return subtasks.some(
    (subtask) =>
      measuredPhases.some((phase) => formatMeasure(subtask[phase]) !== null) ||
      (acknowledgementText(subtask) ?? unacknowledgedText) !== unacknowledgedText,
  );
}

/** The table as Markdown lines, with `gap` before the cells but the first; empty where there is no need for one. */
export function subtaskTable(checkpoint: Checkpoint, gap: string): readonly string[] {
  if (!needsTable(checkpoint)) return [];
  const subtasks = bySlowness(checkpoint);
  const columns = measuredPhases.filter((phase) => subtasks.some((subtask) => formatMeasure(subtask[phase]) !== null));
  const acknowledged = subtasks.some((subtask) => acknowledgementText(subtask) !== null);
  const wanted = Math.min(most, Math.max(usual, checkpoint.outcome === 'expired' ? unacknowledged(subtasks) : 0));
  const count = subtasks.length <= wanted + 1 ? subtasks.length : wanted;
  const row = (cells: readonly string[], before: string): string => `| ${cells.join(` | ${before}`)} |`;
  const used = (name: string, measures: readonly string[], end: string): readonly string[] => [
    name,
    ...measures,
    ...(acknowledged ? [end] : []),
  ];
  const cells = (name: string, measures: readonly string[], end: string): string => row(used(name, measures, end), gap);
  const alignments = used(
    ':--',
    columns.map(() => '--:'),
    ':--',
  );
  const lines = [
    cells(
      'subtask',
      columns.map((phase) => phaseTitles[phase]),
      'acknowledged',
    ),
    row(alignments, ''),
    ...subtasks.slice(0, count).map((subtask) =>
      cells(
        escapeMarkdown(subtaskName(subtask)),
        columns.map((phase) => formatMeasure(subtask[phase]) ?? ''),
        acknowledgementText(subtask) ?? '',
      ),
    ),
  ];
  const rest = subtasks.slice(count);
  if (rest.length > 0)
    lines.push(
      cells(
        `${rest.length} more`,
        columns.map((phase) => upTo(rest.map((subtask) => atMost(subtask[phase])))),
        within(rest),
      ),
    );
  return lines;
}

const unacknowledged = (subtasks: readonly Subtask[]): number =>
  subtasks.filter(({ acknowledged }) => acknowledged === false).length;

/** `≤` the greatest of the values; nothing where one is unknown. */
function upTo(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length) return '';
  const most = greatest(known);
  return most === 0 ? formatDuration(0) : `≤ ${formatDuration(most)}`;
}

/** `within` the time in which all were acknowledged; nothing where that is not known of all. */
function within(subtasks: readonly Subtask[]): string {
  const times = subtasks.map(({ acknowledgedAt, checkpoint: { triggeredAt } }) =>
    acknowledgedAt === null || triggeredAt === null ? null : acknowledgedAt - triggeredAt,
  );
  const known = times.filter((time) => time !== null);
  if (subtasks.every(({ acknowledged, late }) => acknowledged === false && late !== true)) return unacknowledgedText;
  return known.length < times.length ? '' : `within ${formatDuration(greatest(known))}`;
}
