/** A model as text, without the links back that make it a graph: two models with the same text are the same. */
import type { Attempt, Checkpoint, Fact, Job, LogSet, PlacedSource, Subtask } from '../server/src/checkpoint/model.js';

/** All that the model holds. */
export function modelText(set: LogSet): string {
  return JSON.stringify({
    ...set,
    sources: set.sources.map(sourceText),
    jobs: set.jobs.map(jobText),
    attempts: [...set.attempts.values()].map(attemptText),
  });
}

const placeText = ({ source, event }: Fact): string => `${source}:${event.line} ${event.message.id}`;

const placesText = (facts: readonly Fact[]): string[] => facts.map(placeText);

const nameText = ({ name, index }: Subtask): string => `${name} ${index}`;

const factText = (fact: Fact): unknown => [
  placeText(fact),
  fact.at,
  fact.job && [fact.job.id, fact.job.run],
  fact.checkpoint && [
    fact.checkpoint.id,
    fact.checkpoint.triggeredAt,
    fact.checkpoint.job.checkpoints.indexOf(fact.checkpoint),
  ],
  fact.subtask && [nameText(fact.subtask), fact.subtask.checkpoint === fact.checkpoint],
  fact.attempt?.id,
  fact.candidates,
];

const sourceText = ({ events, facts, skew, ...source }: PlacedSource): unknown => ({
  ...source,
  events: events.length,
  skew: skew && { ...skew, facts: placesText(skew.facts) },
  facts: facts.map(factText),
});

const jobText = (job: Job): unknown => ({
  ...job,
  states: job.states.map((state) => ({ ...state, fact: placeText(state.fact) })),
  restores: job.restores.map((restore) => ({ ...restore, fact: placeText(restore.fact) })),
  restarts: job.restarts.map((restart) => ({
    ...restart,
    attempt: restart.attempt?.id,
    restore: restart.restore && placeText(restart.restore.fact),
    aborted: restart.aborted.map((checkpoint) => job.checkpoints.indexOf(checkpoint)),
    lastWord: restart.lastWord && placeText(restart.lastWord),
    facts: placesText(restart.facts),
  })),
  checkpoints: job.checkpoints.map(checkpointText),
  facts: placesText(job.facts),
});

const checkpointText = ({ job, missing, ...checkpoint }: Checkpoint): unknown => ({
  ...checkpoint,
  job: [job.id, job.run],
  missing: missing?.map(nameText),
  subtasks: checkpoint.subtasks.map(({ checkpoint: own, ...subtask }) => ({
    ...subtask,
    isOwn: own.facts === checkpoint.facts,
    attempt: subtask.attempt?.id,
    operators: subtask.operators.map((part) => ({ ...part, facts: placesText(part.facts) })),
    facts: placesText(subtask.facts),
  })),
  facts: placesText(checkpoint.facts),
});

const attemptText = (attempt: Attempt): unknown => ({
  ...attempt,
  states: attempt.states.map((state) => ({ ...state, fact: placeText(state.fact) })),
  facts: placesText(attempt.facts),
});
