import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deploymentsOf, latestBegunOf } from './deployments.js';
import type { AttemptDraft, StateDraft, Stream } from './draft.js';
import { subtaskOf } from './twin.js';

const streams: readonly Stream[] = ['a', 'b'].map((name) => ({
  name,
  sources: [],
  facts: [],
  acknowledges: false,
  isLikely: false,
}));
const stream = fc.constantFrom(...streams);
const order = fc.nat(30);
const state = fc.record({ to: fc.constantFrom('SCHEDULED', 'DEPLOYING', 'RUNNING', 'CANCELED'), stream, order });
const attempt = fc
  .record({
    task: fc.constantFrom('source', 'sink', null),
    index: fc.constantFrom(0, 1, null),
    twin: fc.constantFrom('one', 'other', null),
    jobId: fc.constantFrom('job', 'other', null),
    begunAt: fc.option(fc.nat(10)),
    states: fc.array(state, { maxLength: 5 }),
  })
  // What is sorted looks at these alone.
  .map(
    ({ states, ...told }) =>
      ({ ...told, states: states.map(({ to, ...fact }) => ({ to, fact }) as StateDraft) }) as AttemptDraft,
  );
/** A line tells of one attempt only. */
const attempts = fc.array(attempt, { maxLength: 12 }).map((all) => {
  const taken = new Set<string>();
  for (const [number, one] of all.entries()) {
    one.number = number;
    one.states = one.states.filter(({ fact }) => {
      const line = `${fact.stream.name} ${fact.order}`;
      return !taken.has(line) && taken.add(line);
    });
  }
  return all;
});

/** Of each subtask the last, looked for among all. */
function latest(all: readonly AttemptDraft[], timeOf: (one: AttemptDraft) => number | null): readonly AttemptDraft[] {
  const found = new Map<string, AttemptDraft>();
  for (const one of all) {
    const [time, other] = [timeOf(one), found.get(subtaskOf(one))];
    if (time !== null && (other === undefined || time > (timeOf(other) ?? 0))) found.set(subtaskOf(one), one);
  }
  return [...found.values()];
}

const lastLine = (one: AttemptDraft, counts: (told: StateDraft) => boolean): number | null => {
  const orders = one.states.filter(counts).map(({ fact }) => fact.order);
  return orders.length === 0 ? null : Math.max(...orders);
};

test('the last that were deployed between two lines are those that a look at all attempts finds', () => {
  fc.assert(
    fc.property(attempts, stream, order, order, (all, log, from, to) => {
      const found = deploymentsOf(all);
      const isDeployed = ({ to: state, fact }: StateDraft): boolean =>
        state === 'DEPLOYING' && fact.stream === log && fact.order > from && fact.order < to;
      expect(new Set(found.between(log, from, to))).toEqual(new Set(latest(all, (one) => lastLine(one, isDeployed))));
      const ran = all.some(({ states }) => states.some(({ to, fact }) => to === 'RUNNING' && fact.stream === log));
      expect(found.running.has(log)).toBe(ran);
    }),
  );
});

test('the latest attempts at a time are those that a look at all attempts finds, in the order of their first ones', () => {
  fc.assert(
    fc.property(attempts, fc.constantFrom('job', null), fc.nat(12), (all, job, at) => {
      const known = all.filter(({ jobId, task, index }) => jobId === job && task !== null && index !== null);
      const begun = known.filter(({ begunAt }) => begunAt !== null && begunAt <= at);
      expect(latestBegunOf(all)(job, at)).toEqual(latest(begun, ({ begunAt }) => begunAt));
    }),
  );
});
