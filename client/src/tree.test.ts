import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { TreeAnswer } from '../../server/src/protocol.js';
import type { ActiveLog } from './activeLog.js';
import type { Server } from './server.js';
import { createCheckpointTree } from './tree.js';

const view = { description: '', message: '' };

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = undefined;
    readonly fire = (): void => undefined;
  },
  Disposable: { from: () => undefined },
  window: { createTreeView: () => view },
  commands: { executeCommand: () => Promise.resolve() },
}));

vi.mock('./treeItem.js', () => ({ treeItem: () => ({}) }));

const answerOf = (name: string): TreeAnswer => ({
  nodes: [],
  message: `message of ${name}`,
  set: { name, asked: false, others: 0 },
});

test('a late answer about a log that is active no more changes nothing', async () => {
  const answers = new Map<string, (answer: TreeAnswer) => void>();
  const server = {
    ask: (_name: string, { uri }: { readonly uri: string }) =>
      new Promise<TreeAnswer>((resolve) => answers.set(uri, resolve)),
    onDidAnalyse: () => undefined,
  } as unknown as Server;
  const log = { uri: 'file:///a.log' as unknown as vscode.Uri, onDidChange: () => undefined };
  const { provider } = createCheckpointTree(server, log as unknown as ActiveLog);

  const first = provider.getChildren();
  log.uri = 'file:///b.log' as unknown as vscode.Uri;
  const second = provider.getChildren();
  answers.get('file:///b.log')?.(answerOf('b'));
  await second;
  expect(view).toEqual({ description: 'b', message: 'message of b' });
  answers.get('file:///a.log')?.(answerOf('a'));
  await first;
  expect(view).toEqual({ description: 'b', message: 'message of b' });
});
