import { describe, expect, test } from 'vitest';
import { parseHead } from './head.js';

const utcMs = Date.UTC(2026, 10, 22, 13, 40, 2, 341);
const taskName = 'Source: orders -> map[1] (1/2)#0';

describe('parts', () => {
  test.each([
    [`[2026/11/22 13:40:02.341][DEBUG][${taskName}][CheckpointCoordinator:512] Done`],
    [`[2026/11/22 13:40:02.341] [CheckpointCoordinator] [${taskName}] [DEBUG] Done`],
    [`[2026/11/22 13:40:02.341] [${taskName}] [DEBUG] [CheckpointCoordinator] Done`],
    [`[2026/11/22 13:40:02.341][DEBUG][CheckpointCoordinator][${taskName}] Done`],
    [`2026-11-22 13:40:02,341 | DEBUG | ${taskName} | CheckpointCoordinator | Done`],
    [`2026-11-22 13:40:02,341|DEBUG|${taskName}|CheckpointCoordinator:512|Done`],
    [`2026-11-22 13:40:02,341 - DEBUG [${taskName}:CheckpointCoordinator@512] - Done`],
    [`DEBUG 2026-11-22 13:40:02,341 [${taskName}] CheckpointCoordinator - Done`],
    [`[DEBUG] [2026-11-22 13:40:02,341] [${taskName}] CheckpointCoordinator: Done`],
    [`[2026-11-22 13:40:02,341] DEBUG [${taskName}] Done (CheckpointCoordinator)`],
  ])('in any order: %s', (line) => {
    const head = parseHead(line)?.head;
    expect(head).toMatchObject({ level: 'DEBUG', logger: 'CheckpointCoordinator', thread: taskName, message: 'Done' });
    expect(head?.time).toEqual({ clock: 'local', ms: utcMs });
    const { logger, thread, message } = head?.columns ?? {};
    expect([logger, thread, message].map((columns) => columns && line.slice(...columns))).toEqual([
      'CheckpointCoordinator',
      taskName,
      'Done',
    ]);
  });

  test.each([
    ['CheckpointCoordinator:1442 -'],
    ['CheckpointCoordinator:? -'],
    ['CheckpointCoordinator:1442:'],
    ['CheckpointCoordinator (CheckpointCoordinator.java:1442) -'],
    ['o.a.f.CheckpointCoordinator:1442'],
    ['o.a.f.CheckpointCoordinator(CheckpointCoordinator.java:1442)'],
    ['o.a.f.CheckpointCoordinator.start(CheckpointCoordinator.java:1442) -'],
  ])('a logger without its place in the source: %s', (printed) => {
    expect(parseHead(`2026-11-22 13:40:02,341 INFO ${printed} Done`)?.head).toMatchObject({
      logger: /[\w.]*CheckpointCoordinator/.exec(printed)?.[0],
      message: 'Done',
    });
  });

  test.each([['Source: orders (1/2)#0 done'], ['orders: Writer (1/2)#0 done'], ['a | b | c (d)'], ['[1] done (Foo)']])(
    'a message that begins like a logger is whole: %s',
    (message) => {
      const found = parseHead(`2026-11-22 13:40:02,341 INFO ${message}`)?.head;
      expect(found).toMatchObject({ logger: null });
      expect(message.endsWith(found?.message ?? '')).toBe(true);
    },
  );
});

describe('milliseconds since 1970', () => {
  test.each([
    ['1795354802341 INFO [main] TaskManagerRunner: Done'],
    ['1795354802341 [main] INFO TaskManagerRunner - Done'],
    ['[1795354802341] [INFO] [main] [TaskManagerRunner] Done'],
  ])('are a time: %s', (line) => {
    expect(parseHead(line)?.head).toMatchObject({
      time: { clock: 'utc', ms: utcMs },
      level: 'INFO',
      logger: 'TaskManagerRunner',
      thread: 'main',
      message: 'Done',
    });
  });

  test.each([['179535480234'], ['17953548023411'], ['0795354802341'], ['9795354802341'], ['1795354802341x']])(
    'are no other number: %s',
    (number) => {
      expect(parseHead(`${number} INFO [main] TaskManagerRunner: Done`)).toBeNull();
    },
  );
});
