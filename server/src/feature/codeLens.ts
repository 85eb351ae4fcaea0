/** CodeLens: above a checkpoint's lines, in a few words, what they mean for it. */
import type { CodeLens, Location } from 'vscode-languageserver-types';
import type { Checkpoint, Fact, PlacedSource, Subtask } from '../checkpoint/model.js';
import { begins } from '../message/textOf.js';
import { formatDuration } from '../text/duration.js';
import { escapeTitle } from '../text/escape.js';
import { inOrder } from '../text/evidence.js';
import {
  acknowledgedText,
  acknowledgementText,
  culprit,
  headline,
  outcomeText,
  phasesText,
  reasonText,
  separator,
} from '../text/headline.js';
import { checkpointName, subtaskName, taskManagerName, taskText } from '../text/name.js';
import { bySlowness } from '../text/subtaskTable.js';
import { eventWord } from '../text/word.js';
import { factLocation, factRange, factsAtLine, factsInDocument, type View } from './view.js';

/** More lines than this in a peek help nobody. */
const mostRelated = 500;

/** Lines of a subtask that get a lens: where its snapshot starts, where its parts end. */
const subtaskWords: ReadonlySet<string> = new Set([
  'started',
  'sync ended',
  'sync not finished',
  'async ended',
  'async not completed',
  'snapshot failed',
]);

/** The ranges of all lenses of the document; titles come when they are resolved. */
export function codeLenses(view: View): CodeLens[] {
  return factsInDocument(view)
    .filter((fact) => lensTitle(view, fact) !== null)
    .map((fact) => ({ range: factRange(fact) }));
}

/** A lens's title, and the lines that a click shows. */
export interface ResolvedLens {
  readonly title: string;
  readonly related: readonly Location[];
}

/** Title and related lines of the lens at the start of `line` (0-based); null where there is none any more. */
export function resolveLens(view: View, line: number, character: number): ResolvedLens | null {
  const facts = factsAtLine(view.source, line + 1);
  const fact = facts.find((one) => factRange(one).start.character === character && lensTitle(view, one) !== null);
  if (fact === undefined) return null;
  const related = [...relatedFacts(fact)].sort(inOrder).slice(0, mostRelated);
  return { title: escapeTitle(lensTitle(view, fact) ?? ''), related: related.map((one) => factLocation(view, one)) };
}

function relatedFacts({ checkpoint, subtask }: Fact): readonly Fact[] {
  if (checkpoint === null) return [];
  const own = checkpoint.facts;
  const others = subtask === null ? checkpoint.subtasks.flatMap((one) => one.facts) : subtask.facts;
  return [...new Set([...own, ...others])];
}

/** What the lens above the fact's line says; null where there is nothing to say. */
function lensTitle(view: View, fact: Fact): string | null {
  const { event, checkpoint, subtask } = fact;
  if (event.line !== event.head) return null;
  const title = subtask === null || checkpoint === null ? null : subtaskTitle(fact, checkpoint, subtask);
  const text = title ?? (checkpoint === null ? operatorTitle(view, fact) : checkpointTitle(fact, checkpoint));
  const { length } = fact.candidates;
  return text === null || length < 2 ? text : `${text}${separator}of one of ${length} jobs`;
}

function checkpointTitle({ event, attempt }: Fact, checkpoint: Checkpoint): string | null {
  switch (event.message.kind) {
    case 'trigger':
      return attempt === null ? joined(checkpointName(checkpoint), headline(checkpoint)) : null;
    case 'complete':
      return begins(event, 'Completed checkpoint') ? joined(headline(checkpoint), slowest(checkpoint)) : null;
    case 'expire':
      return waitedFor(checkpoint) ?? acknowledgedText(checkpoint) ?? headline(checkpoint);
    case 'abort':
    case 'trigger-failed':
      return ['aborted', 'failed'].includes(checkpoint.outcome) &&
        (begins(event, 'Failed to trigger or complete') || begins(event, 'Triggering Checkpoint'))
        ? headline(checkpoint)
        : null;
    default:
      return null;
  }
}

function subtaskTitle({ event }: Fact, checkpoint: Checkpoint, subtask: Subtask): string | null {
  const name = subtaskName(subtask);
  switch (event.message.kind) {
    case 'late':
      return subtask.late === true ? joined(name, acknowledgementText(subtask), phasesText(subtask)) : null;
    case 'decline':
      return begins(event, 'Decline checkpoint')
        ? joined(
            `declined by ${name}${subtask.taskManager === null ? '' : ` on ${taskManagerName(subtask.taskManager)}`}`,
            reasonText(checkpoint),
          )
        : null;
    case 'start':
    case 'sync':
    case 'async': {
      if (!subtaskWords.has(eventWord(event))) return null;
      const phases = phasesText(subtask);
      const outcome = checkpoint.outcome === 'unknown' ? null : outcomeText({ ...checkpoint, durationMs: null });
      return phases === null && outcome === null
        ? null
        : joined(checkpointName(checkpoint).toLowerCase(), phases, outcome);
    }
    default:
      return null;
  }
}

/** Whether the document tells the parts of whole subtasks, so that those of single operators add little. */
function tellsSubtasks({ source }: View): boolean {
  const known = telling.get(source);
  if (known !== undefined) return known;
  const tells = source.facts.some(({ subtask }) => subtask !== null && phasesText(subtask) !== null);
  telling.set(source, tells);
  return tells;
}
const telling = new WeakMap<PlacedSource, boolean>();

/** One operator's part, where its checkpoint is not known. */
function operatorTitle(view: View, { event }: Fact): string | null {
  const ms = event.fields['durationMs'];
  if (event.fields['streamFactory'] === undefined || typeof ms !== 'number' || tellsSubtasks(view)) return null;
  const task = event.task === null ? null : taskText(event.task, event);
  return joined(task, `one operator: ${event.message.kind} ${formatDuration(ms)}`);
}

function waitedFor(checkpoint: Checkpoint): string | null {
  const guilty = culprit(checkpoint);
  if (guilty === null) return null;
  const all = checkpoint.missing ?? checkpoint.subtasks.filter(({ late }) => late === true);
  const more = all.filter((subtask) => subtask !== guilty).length;
  const others = more > 0 ? ` and ${more} more` : '';
  const verb = checkpoint.missing === null ? 'late:' : 'waited for';
  return joined(`${verb} ${subtaskName(guilty)}${others}`, phasesText(guilty));
}

function slowest(checkpoint: Checkpoint): string | null {
  const [first] = bySlowness(checkpoint);
  const phases = first === undefined ? null : phasesText(first);
  return first === undefined || phases === null ? null : `slowest ${subtaskName(first)}: ${phases}`;
}

const joined = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(separator);
