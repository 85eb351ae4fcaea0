/** Sizes as people read them, in the units of Flink's Web UI (1 KB is 1,024 bytes). */

const units = ['KB', 'MB', 'GB', 'TB', 'PB'];

/** A size in bytes: `512 B`, `9.3 KB`, `458 KB`, `34 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 1023.5) break;
    value /= 1024;
    unit = next;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}
