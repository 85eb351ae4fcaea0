/** The analysis as a report for people, set for a terminal of 80 columns. */
import { greatest } from '../checkpoint/extremes.js';
import { measuredPhases } from '../checkpoint/measure.js';
import type { Checkpoint, Fact, Job, LogSet, PlacedSource, Subtask } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import type { Finding, Severity } from '../finding/finding.js';
import { hasUnknownLayout } from '../finding/layoutUnknown.js';
import { clusterName } from '../text/cluster.js';
import { formatMeasure } from '../text/duration.js';
import { oneLine } from '../text/escape.js';
import { evidence } from '../text/evidence.js';
import { acknowledgementText, headline, isFailure } from '../text/headline.js';
import { checkpointName, subtaskName } from '../text/name.js';
import { bySlowness, needsTable } from '../text/subtaskTable.js';
import { formatPrintedShort, formatTimeOfDay } from '../text/time.js';
import { eventWord } from '../text/word.js';
import { jobOverview, jobsToTell, sourceText, versionText } from './overview.js';
import { columns, paragraph, shortenMiddle, terminalWidth } from './paragraph.js';
import { sourceNames } from './sourceName.js';

const marks: Readonly<Record<Severity, string>> = { error: '✗ ', warning: '! ', info: 'i ' };

/** Characters that the name of a log may have: beside it stand the line's number and a word or two on what it says. */
const nameRoom = 50;

/** Lines that a finding shows; the JSON document has all. */
const mostPlaces = 4;

/** Lines that the story of one checkpoint shows. */
const storyPlaces = 12;

/**
 * The report: the folder of the logs where their paths are too long to be told each time; jobs with their counts and
 * findings, worst first, each with its lines; what limits the answer; and where nothing was found, what each log is and
 * why. With `detailed` also each checkpoint's subtasks.
 */
export function textReport({ logSet, findings }: Analysis, detailed: boolean): string {
  const jobs = jobsToTell(logSet, findings);
  const { folder, names } = sourceNames(
    logSet.sources.map(({ path }) => oneLine(path)),
    nameRoom,
  );
  const blocks = [
    folder === '' ? [] : [`Folder: ${folder}`],
    ...jobs.flatMap((job) => jobBlocks(logSet, names, job, findings, detailed)),
    sourcesBlock(logSet, jobs),
    ...findings.filter(({ job }) => job === null).map((finding) => findingBlock(names, finding)),
  ];
  return blocks.flatMap((block) => (block.length === 0 ? [] : [`${block.join('\n')}\n`])).join('\n');
}

function jobBlocks(
  logSet: LogSet,
  names: readonly string[],
  job: Job,
  findings: readonly Finding[],
  detailed: boolean,
): string[][] {
  return [
    jobBlock(logSet, job),
    ...(detailed ? job.checkpoints.map((checkpoint) => checkpointBlock(names, checkpoint)) : []),
    ...findings.filter((finding) => finding.job === job).map((finding) => findingBlock(names, finding)),
  ];
}

function jobBlock(logSet: LogSet, job: Job): string[] {
  const id = job.id ?? 'Job not named in these logs';
  const run = job.run === 0 ? '' : `run ${job.run + 1}`;
  const parts = [job.name, id, run, job.state, versionText(logSet, job), clusterName(logSet, job.cluster)];
  const title = oneLine(parts.filter((part) => part !== null && part !== '').join('  '));
  const healthy = job.checkpoints.length > 0 && job.checkpoints.every(({ outcome }) => outcome === 'completed');
  return [...paragraph(title), ...paragraph(jobOverview(job), { mark: healthy ? '✓ ' : '' })];
}

function findingBlock(names: readonly string[], finding: Finding): string[] {
  const { severity, message, advice, facts, checkpoints } = finding;
  return [
    ...paragraph(oneLine(message), { mark: marks[severity], aside: momentOf(checkpoints, facts) }),
    ...placeLines(names, facts),
    ...(advice === '' ? [] : paragraph(oneLine(advice), { mark: '  → ' })),
  ];
}

/**
 * Time of day, UTC, of the first checkpoint's trigger where the telling line is one of its story, or else of that line; as
 * printed where its zone is unknown.
 */
function momentOf(checkpoints: readonly Checkpoint[], [telling]: readonly Fact[]): string {
  const isOfStory = checkpoints.some((one) => one === telling?.checkpoint) && telling?.event.message.kind !== 'restore';
  const at = (isOfStory ? checkpoints[0]?.triggeredAt : null) ?? telling?.at ?? null;
  if (at !== null) return formatTimeOfDay(at);
  return telling?.event.time ? `printed ${formatPrintedShort(telling.event.time)}` : '';
}

/** `    logs/jobmanager.log:866  expired` */
function placeLines(names: readonly string[], facts: readonly Fact[], limit = mostPlaces): string[] {
  const shown = facts.length > limit + 1 ? facts.slice(0, limit) : facts;
  const words = shown.map(({ event }) => eventWord(event));
  const room = terminalWidth - '    '.length - '  '.length - Math.max(0, ...words.map((word) => word.length));
  const places = shown.map((fact) => placeOf(names, fact, room));
  const width = Math.max(0, ...places.map((place) => place.length));
  const lines = places.map((place, i) => `    ${place.padEnd(width)}  ${words[i] ?? ''}`.trimEnd());
  return shown.length === facts.length ? lines : [...lines, `    and ${facts.length - shown.length} more`];
}

function placeOf(names: readonly string[], { source, event }: Fact, room: number): string {
  const line = `:${event.line}`;
  return `${shortenMiddle(names[source] ?? '', room - line.length)}${line}`;
}

function checkpointBlock(names: readonly string[], checkpoint: Checkpoint): string[] {
  const mark = checkpoint.outcome === 'completed' ? '✓ ' : isFailure(checkpoint) ? '✗ ' : '  ';
  const aside = checkpoint.triggeredAt === null ? '' : formatTimeOfDay(checkpoint.triggeredAt);
  return [
    ...paragraph(`${checkpointName(checkpoint)} ${oneLine(headline(checkpoint))}`, { mark, aside }),
    ...subtaskLines(checkpoint),
    ...placeLines(names, evidence(checkpoint), storyPlaces),
  ];
}

/** All subtasks with what is known of each, the missing or slowest first; a column that says nothing is left out. */
function subtaskLines(checkpoint: Checkpoint): string[] {
  if (!needsTable(checkpoint)) return [];
  const subtasks = bySlowness(checkpoint);
  const rows = [titles, ...subtasks.map(cellsOf)];
  const used = titles.map((_, column) => rows.some((row, i) => i > 0 && row[column] !== ''));
  const cells = rows.map((row) => row.filter((_, column) => used[column]));
  const width = greatest(columns(cells).map((line) => line.length));
  const names = subtasks.map((subtask) => shortenMiddle(oneLine(subtaskName(subtask)), terminalWidth - width - 4));
  return columns(
    cells.map((row, i) => [i === 0 ? '' : (names[i - 1] ?? ''), ...row]),
    '  ',
  );
}

const titles = ['start', 'alignment', 'sync', 'async', 'acknowledged'];

/** The cells below `titles`; empty where the logs do not tell. */
function cellsOf(subtask: Subtask): string[] {
  const measures = measuredPhases.map((phase) => formatMeasure(subtask[phase]) ?? '');
  return [...measures, acknowledgementText(subtask) ?? ''];
}

/** What each log is where no checkpoint was found, else only those that could not be read as logs of Flink. */
function sourcesBlock({ sources }: LogSet, jobs: readonly Job[]): string[] {
  const isOdd = (source: PlacedSource): boolean =>
    source.error !== null || (source.layout === null && source.events.length === 0) || hasUnknownLayout(source);
  const told = jobs.length === 0 ? sources : sources.filter(isOdd);
  const lines = told.flatMap((source) => paragraph(oneLine(`${source.path}: ${sourceText(source)}.`), { mark: '  ' }));
  return jobs.length === 0 ? ['No checkpoint was found in these logs.', ...lines] : lines;
}
