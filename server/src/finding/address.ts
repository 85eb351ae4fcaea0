/** Which TaskManager listens at an address, as the JobManager's lines about tasks tell. */
import type { LogSet } from '../checkpoint/model.js';

/**
 * Finds the TaskManager by the address that an exception names, `worker-3/10.0.0.7:39181` (InetSocketAddress): lines of tasks say
 * where it takes data, `… on tm-1 @ worker-3 (dataPort=39181)` (TaskManagerLocation, since 1.8). Null where none says so,
 * or of several.
 */
export function addressBook(logSet: LogSet): (address: string) => string | null {
  let book: Map<string, Set<string>> | null = null;
  return (address) => {
    book ??= read(logSet);
    const [, name = '', ip = '', port] = /^([^/]*)\/?(.*):(\d+)$/.exec(address) ?? [];
    const found = new Set([name, ip].flatMap((host) => [...(book?.get(`${host}:${port}`) ?? [])]));
    const [only = null] = found;
    return found.size === 1 ? only : null;
  };
}

function read({ attempts }: LogSet): Map<string, Set<string>> {
  const book = new Map<string, Set<string>>();
  for (const { facts } of attempts.values())
    for (const { event } of facts) {
      const [, taskManager, host, port] =
        /^(\S+) @ (\S+) \(dataPort=(\d+)\)/.exec(String(event.fields['location'])) ?? [];
      if (taskManager === undefined) continue;
      const address = `${host}:${port}`;
      book.set(address, (book.get(address) ?? new Set()).add(taskManager));
    }
  return book;
}
