/** Sources in their places: their order in the set, their role, version and clock. */
import { unpackedName } from '../scan/packedName.js';
import { offsetsOf } from './clock.js';
import type { SourceDraft } from './draft.js';
import type { Source } from './model.js';
import { compareText } from './order.js';
import { roleOf, taskManagerOf, versionOf } from './role.js';
import { streamName } from './stream.js';

/** The sources of a set in the order of their names, without facts. */
export function placed(input: readonly Source[]): SourceDraft[] {
  const sorted = input.toSorted((a, b) => compareText(orderOf(a.path), orderOf(b.path)) || compareText(a.path, b.path));
  const offsets = offsetsOf(
    sorted,
    sorted.map((source) => streamName(source.path)),
  );
  return sorted.map((source, number) => place(source, number, offsets[number] ?? null));
}

/** The same logs get the same numbers however they are packed: compressed and archived ones sort by their own name. */
const orderOf = (path: string): string => unpackedName(path.replace(/^.*!/, ''));

function place(source: Source, number: number, offset: number | null): SourceDraft {
  return {
    ...source,
    number,
    role: roleOf(source),
    flinkVersion: versionOf(source),
    zoneOffsetMinutes: offset === null ? null : offset / 60_000,
    taskManager: taskManagerOf(source),
    cluster: null,
    skew: null,
    firstTime: source.firstPrinted === null || offset === null ? null : source.firstPrinted - offset,
    lastTime: source.lastPrinted === null || offset === null ? null : source.lastPrinted - offset,
    facts: [],
  };
}
