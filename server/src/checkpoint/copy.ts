/** Copies: a log may be there twice, as in a folder beside its archive, or once more as it was earlier. */
import type { FactDraft, StateDraft, Stream } from './draft.js';

/** When a line says that it was logged, the same for its copies: a part of a log may not tell its zone. Unique without a time. */
export const printedAt = ({ event, stream, order }: FactDraft): string =>
  event.time === null ? `${stream.name}:${order}` : String(event.time.ms);

/**
 * The changes of a job's state, and behind them, apart, those that each copy tells: a log of whose changes another has all.
 */
export function copiesApart(states: readonly StateDraft[]): [StateDraft[], ...StateDraft[][]] {
  const logs = new Map<Stream, Set<string>>();
  for (const { from, to, fact } of states) {
    const told = logs.get(fact.stream) ?? new Set();
    logs.set(fact.stream, told.add(`${printedAt(fact)} ${from} ${to}`));
  }
  const fullestFirst = [...logs].toSorted(([, a], [, b]) => b.size - a.size);
  const isCopy = ([, own]: [Stream, Set<string>], i: number): boolean =>
    fullestFirst.slice(0, i).some(([, told]) => [...own].every((change) => told.has(change)));
  const copies = fullestFirst.filter(isCopy).map(([stream]) => stream);
  const of = (stream: Stream): StateDraft[] => states.filter(({ fact }) => fact.stream === stream);
  return [states.filter(({ fact }) => !copies.includes(fact.stream)), ...copies.map(of)];
}
