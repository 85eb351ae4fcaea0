/** What only Flink writes about checkpoints, known by its first words alone: to tell Flink's text in prose. */

/** Starts of messages that name a checkpoint, as Flink 1.3 to 2.4 write them. */
const starts = [
  String.raw`Triggering checkpoint \d+ (?:@|\()`,
  String.raw`Completed checkpoint \d+ (?:for job|\()`,
  String.raw`Checkpoint \d+ of job [0-9a-f]+ expired`,
  String.raw`Received late message for now expired checkpoint`,
  String.raw`Received acknowledge message for checkpoint`,
  String.raw`Decline checkpoint \d+ by task `,
  String.raw`Starting checkpoint \(?\d+\)? [A-Z]`,
  String.raw`(?:Default|Heap|RocksDB|ForSt|Changelog)\w{0,40}(?:Backend|Strategy\w{0,20}) snapshot \(`,
  String.raw`Discarding checkpoint \d+ of job `,
  String.raw`Restoring job [0-9a-f]+ from `,
].join('|');

const atStart = new RegExp(`^\\s{0,80}(?:TRACE|DEBUG|INFO|WARN|ERROR)?\\s{0,8}(?:${starts})`);
const anywhere = new RegExp(starts);

/**
 * Whether the line begins with a message about a checkpoint that nothing but Flink writes; a level may be glued before
 * it.
 */
export function isCheckpointText(line: string): boolean {
  return atStart.test(line);
}

/** Whether such a message stands anywhere in the line, as in a sentence that quotes it. */
export function hasCheckpointText(line: string): boolean {
  return anywhere.test(line);
}
