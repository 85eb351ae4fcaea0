/** What a position in a log is about: the checkpoint, attempt or job whose id or line stands there. */
import type { Position, Range } from 'vscode-languageserver-types';
import type { Attempt, Checkpoint, Fact, Job } from '../checkpoint/model.js';
import { fieldColumns } from '../message/fieldColumns.js';
import { factRange, factsAtLine, isWithin, rangeOf, type View } from './view.js';

/** A thing that lines of a log are about. */
export type Subject =
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'job'; readonly job: Job };

/** A subject with the columns that stand for it. */
export interface Found {
  readonly subject: Subject;
  readonly range: Range;
}

/** Fields of a message that stand for a subject; all others stand for what the line as a whole is about. */
const subjectOfField: Readonly<Record<string, (fact: Fact) => Subject | null>> = {
  checkpointId: (fact) => ofCheckpoint(fact.checkpoint),
  attemptId: (fact) => ofAttempt(fact.attempt),
  taskName: (fact) => ofAttempt(fact.attempt),
  vertexWithAttempt: (fact) => ofAttempt(fact.attempt),
  jobId: (fact) => ofJob(fact.job),
  jobName: (fact) => ofJob(fact.job),
};

const ofCheckpoint = (checkpoint: Checkpoint | null): Subject | null =>
  checkpoint === null ? null : { kind: 'checkpoint', checkpoint };
const ofAttempt = (attempt: Attempt | null): Subject | null => (attempt === null ? null : { kind: 'attempt', attempt });
const ofJob = (job: Job | null): Subject | null => (job === null ? null : { kind: 'job', job });

/** What the position is about; `text` is its line. Null where nothing known stands there. */
export function subjectAt(view: View, position: Position, text: string): Found | null {
  const facts = factsAtLine(view.source, position.line + 1);
  for (const fact of facts) {
    const found = atField(fact, position);
    if (found !== null) return found;
  }
  return atId(view, position, text) ?? ofLine(facts, position);
}

/** Columns in which a subject's own id or name stands in the fact's line; null where its text is not literal there. */
export function subjectRange(fact: Fact, subject: Subject): Range | null {
  for (const [field, columns] of fieldColumns(fact.event)) {
    const found = subjectOfField[field]?.(fact) ?? null;
    if (found !== null && isSame(found, subject)) return rangeOf(fact.event.line, columns);
  }
  return null;
}

function atField(fact: Fact, position: Position): Found | null {
  for (const [field, columns] of fieldColumns(fact.event)) {
    if (!isWithin(position, columns)) continue;
    const subject = subjectOfField[field]?.(fact) ?? null;
    if (subject !== null) return { subject, range: rangeOf(fact.event.line, columns) };
  }
  return null;
}

const anyId = /\b[0-9a-f]{32}(?:_[0-9a-f]{32}_\d+_\d+)?\b/g;

/** An id that stands in a line which says nothing else that is known. */
function atId({ analysis: { logSet } }: View, position: Position, text: string): Found | null {
  for (const match of text.matchAll(anyId)) {
    const columns = [match.index, match.index + match[0].length] as const;
    if (!isWithin(position, columns)) continue;
    const id = match[0];
    const subject =
      ofAttempt(logSet.attempts.get(id) ?? null) ?? ofJob(logSet.jobs.find((job) => job.id === id) ?? null);
    return subject === null ? null : { subject, range: rangeOf(position.line + 1, columns) };
  }
  return null;
}

function ofLine(facts: readonly Fact[], position: Position): Found | null {
  const fact = facts.find((one) => isWithin(position, one.event.columns)) ?? facts[0];
  if (fact === undefined) return null;
  const subject = ofCheckpoint(fact.checkpoint) ?? ofAttempt(fact.attempt) ?? ofJob(fact.job);
  return subject === null ? null : { subject, range: factRange(fact) };
}

function isSame(a: Subject, b: Subject): boolean {
  switch (a.kind) {
    case 'checkpoint':
      return b.kind === 'checkpoint' && a.checkpoint === b.checkpoint;
    case 'attempt':
      return b.kind === 'attempt' && a.attempt === b.attempt;
    case 'job':
      return b.kind === 'job' && a.job === b.job;
  }
}

/** All lines about the subject, in the order of the log set's story. */
export function factsOf({ analysis }: View, subject: Subject): readonly Fact[] {
  const isAbout = (fact: Fact): boolean => {
    switch (subject.kind) {
      case 'checkpoint':
        return fact.checkpoint === subject.checkpoint;
      case 'attempt':
        return fact.attempt === subject.attempt;
      case 'job':
        return fact.job === subject.job;
    }
  };
  return analysis.logSet.sources.flatMap((source) => source.facts.filter(isAbout));
}
