import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from '../message/textOf.js';
import { buildLogSet } from './logSet.js';
import type { Job, StateChange } from './model.js';
import { sourceOf } from './source.js';

const id = '60fbd935a143de9a7fcc04304705c9a5';
const graph = 'org.apache.flink.runtime.executiongraph.ExecutionGraph       [] -';
const told = {
  begun: `INFO  ${graph} Job orders (${id}) switched from state CREATED to RUNNING.`,
  cancelled: `INFO  ${graph} Job orders (${id}) switched from state RUNNING to CANCELLING.`,
  gone: `INFO  ${graph} Job orders (${id}) switched from state CANCELLING to CANCELED.`,
  ended: `INFO  org.apache.flink.runtime.dispatcher.StandaloneDispatcher [] - Job ${id} reached terminal state CANCELED.`,
  other: `INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - Connecting to ResourceManager of job ${id}`,
};
const words = fc.constantFrom(...(Object.keys(told) as (keyof typeof told)[]));

const jobOf = (said: readonly (keyof typeof told)[]): Job | undefined => {
  const line = (word: keyof typeof told, i: number): string =>
    `2026-11-23 12:${String(10 + Math.floor(i / 60))}:${String(10 + (i % 50))},000 ${told[word]}`;
  return buildLogSet([sourceOf('jm.log', said.map(line).join('\n'))]).jobs.find((job) => job.id === id);
};

/** What comebacks are, looked for anew for each change. */
const naive = ({ states, facts }: Job): StateChange[] =>
  states.filter((state, i) => {
    const gone = state.to === 'CANCELLING' && states[i + 1]?.to === 'CANCELED' ? i + 1 : i;
    const [last, back] = [states[gone], states[gone + 1]];
    if (last?.to !== 'CANCELED' || back?.from !== 'CREATED') return false;
    const between = facts.slice(facts.indexOf(last.fact), facts.indexOf(back.fact));
    return !between.some(({ event }) => textOf(event).includes('reached terminal state'));
  });

test('a job comes back where it is created anew and no line in between says that it had ended', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (said) => {
      const job = jobOf(said);
      if (job !== undefined)
        expect([...job.comebacks].map(({ fact }) => fact.event.line).sort()).toEqual(
          naive(job)
            .map(({ fact }) => fact.event.line)
            .sort(),
        );
    }),
  );
  expect(jobOf(['begun', 'cancelled', 'gone', 'begun', 'cancelled', 'gone', 'ended', 'begun'])?.comebacks.size).toBe(2);
});
