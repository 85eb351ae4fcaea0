/** `layout-unknown`: a log of Flink whose layout was not recognised, so that its messages are known by their words alone. */
import type { LogSet, Source } from '../checkpoint/model.js';
import { listed } from '../text/list.js';
import { fileName } from '../text/name.js';
import type { Finding } from './finding.js';

/** Messages without a head from which on a text is a log rather than an article that quotes one. */
const fewest = 20;

/** Whether a log holds many messages of Flink, most of them in lines that no layout reads. */
export function hasUnknownLayout({ events }: Source): boolean {
  const headless = events.filter(({ pasted }) => pasted === true).length;
  return headless >= fewest && headless * 2 > events.length;
}

/** Tells which logs could not be read as they are laid out, and how to describe the layout. */
export function layoutUnknown(logSet: LogSet): Finding[] {
  const sources = logSet.sources.filter(hasUnknownLayout);
  const facts = sources.flatMap(({ facts: [first] }) => first ?? []);
  if (facts.length === 0) return [];
  const names = listed(
    sources.map(({ path }) => fileName(path)),
    2,
  );
  return [
    {
      rule: 'layout-unknown',
      severity: 'info',
      certainty: 'certain',
      job: null,
      checkpoints: [],
      subtasks: [],
      message: `The layout of ${names} was not recognised: messages are known by their words alone, without times and levels, and some may be missed.`,
      advice:
        'Describe it by the pattern of its appender, with --layout on the command line or the setting flinkLogLens.layouts in the editor.',
      facts,
    },
  ];
}
