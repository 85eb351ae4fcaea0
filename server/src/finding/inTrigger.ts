/** Checkpoints that ended while they were still being triggered. */
import type { Checkpoint, Fact } from '../checkpoint/model.js';
import { begins } from '../message/textOf.js';

/**
 * The two lines that tell that a checkpoint expired before its tasks were triggered; none where nothing tells that.
 * A trigger waits for operator coordinators and master hooks. One that finds its checkpoint expired then fails for that, so
 * that the expiry is counted a second time (CheckpointCoordinator.triggerCheckpointRequest; the line is there since 1.15).
 */
export function inTrigger({ facts }: Checkpoint): readonly Fact[] {
  const counted = facts.filter(
    ({ event }, i) =>
      begins(event, 'Failed to trigger or complete checkpoint ') && facts[i + 1]?.event.message.kind === 'expire',
  );
  const [first] = counted;
  // A copy of the log, or of the line, counts the same.
  const second = counted.find((fact) => fact.source === first?.source && countOf(fact) !== countOf(first));
  return first === undefined || second === undefined ? [] : [first, second];
}

const countOf = ({ event }: Fact): unknown => event.fields['consecutiveFailures'];
