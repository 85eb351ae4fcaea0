/** A model that goes on is the one that is built of all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { modelText } from '../../../test/modelText.js';
import { continued } from './continued.js';
import { createDocumentBuilder } from './document.js';
import { buildLogSet } from './logSet.js';
import type { LogSet, Source } from './model.js';

const clusters = [
  '1.9.3-sync-failure-debug',
  '1.13.6-two-jobs',
  '1.13.6-sync-failure-info',
  '1.20.5-expired-info',
  '1.20.5-finished-tasks',
  '1.20.5-task-failure',
  '2.0.2-slow-sync-debug',
  '2.2.0-jobmanager-killed',
];

/** Logs that grow, with the texts that they will have. */
function growing(cluster: string) {
  return logsOf(cluster).map(({ name, text }) => {
    const bytes = new TextEncoder().encode(text);
    const builder = createDocumentBuilder(name, { lines: 'document' });
    let at = 0;
    return {
      length: bytes.length,
      /** Grows to this share of its length; what was read before stays as it was. */
      grow(share: number): Source[] {
        const to = Math.max(at, Math.floor(share * bytes.length));
        builder.push(bytes.subarray(at, to));
        at = to;
        return builder.snapshot();
      },
    };
  });
}

/** Lets the logs grow step by step, and tells how often the model went on. */
function follow(cluster: string, steps: readonly (readonly number[])[]): number {
  const logs = growing(cluster);
  let model: LogSet | null = null;
  let times = 0;
  for (const shares of steps) {
    const sources = logs.flatMap((log, i) => log.grow(shares[i % shares.length] ?? 1));
    const next: LogSet | null = model === null ? null : continued(model, sources);
    if (next !== null) times += 1;
    const whole = buildLogSet(sources);
    if (next !== null) expect(JSON.parse(modelText(next))).toEqual(JSON.parse(modelText(whole)));
    model = next ?? whole;
  }
  return times;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

test.each(clusters)('any appends give what one building gives: %s', (cluster) => {
  fc.assert(
    fc.property(fc.array(fc.array(share, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), (steps) => {
      follow(
        cluster,
        steps.map((shares, i) => shares.map((one) => (i + one) / steps.length)),
      );
    }),
    { numRuns: 10 },
  );
});

/** Shares of the cluster's first log, its JobManager's, at which lines with this text end; its other logs are whole. */
function endsOf(cluster: string, text: string): number[][] {
  const log = logsOf(cluster)[0]?.text ?? '';
  return [...log.matchAll(new RegExp(`${text}.*\n`, 'g'))].map((match) => [
    (match.index + match[0].length) / log.length,
    1,
    1,
  ]);
}

test.each(['samples', '2.0.2-slow-sync-debug', '1.20.5-expired-info'])(
  'a model goes on from one completed checkpoint to the next: %s',
  (cluster) => {
    const steps = endsOf(cluster, 'Completed checkpoint');
    expect(steps.length).toBeGreaterThan(1);
    expect(follow(cluster, steps)).toBe(steps.length - 1);
  },
);

test('a model is built anew where a task changed its state', () => {
  const [before, after] = endsOf('samples', 'switched from DEPLOYING to');
  if (before === undefined || after === undefined) throw new Error('no task is deployed');
  expect(follow('samples', [before, after])).toBe(0);
});
