/** Workspace symbols: checkpoints, tasks, attempts and jobs of all log sets, each where it is first spoken of. */
import { SymbolKind, type SymbolInformation } from 'vscode-languageserver-types';
import type { Fact, LogSet } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import { checkpointLines } from '../text/evidence.js';
import { attemptName, checkpointName, jobName, taskManagerName } from '../text/name.js';
import { factLocation } from './view.js';

/** Most symbols of one answer. */
const most = 500;

interface Candidate {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly container: string;
  readonly facts: readonly Fact[];
}

/**
 * The symbols whose names hold all words of the query, in any order and whatever their case: `checkpoint 604`, a task,
 * the id of an attempt or a job. A number stands for itself, not for digits of another. None for an empty query.
 */
export function workspaceSymbols(analyses: readonly Analysis[], query: string): SymbolInformation[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: SymbolInformation[] = [];
  for (const analysis of analyses)
    for (const { name, kind, container, facts } of candidates(analysis.logSet)) {
      const [first] = facts;
      const lower = name.toLowerCase();
      if (first === undefined || !words.every((word) => holds(lower, word))) continue;
      found.push({ name, kind, containerName: container, location: factLocation({ analysis }, first) });
      if (found.length === most) return found;
    }
  return found;
}

function holds(name: string, word: string): boolean {
  return /^\d+$/.test(word) ? name.split(/\W+/).includes(word) : name.includes(word);
}

function* candidates({ jobs, attempts }: LogSet): Generator<Candidate> {
  for (const job of jobs) {
    if (job.id !== null)
      yield { name: `${jobName(job)} ${job.id}`, kind: SymbolKind.Class, container: '', facts: job.facts };
    for (const checkpoint of job.checkpoints) {
      const facts = checkpointLines(checkpoint);
      yield { name: checkpointName(checkpoint), kind: SymbolKind.Event, container: jobName(job), facts };
    }
  }
  for (const attempt of attempts.values()) {
    const where = attempt.taskManager === null ? '' : taskManagerName(attempt.taskManager);
    const named = attempt.task === null ? '' : `${attemptName(attempt)} `;
    const name = `${named}${attempt.id ?? ''}`.trim();
    yield { name, kind: SymbolKind.Function, container: where, facts: attempt.facts };
  }
}
